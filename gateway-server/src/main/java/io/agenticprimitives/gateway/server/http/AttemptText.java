package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What was tried, in one line of ASCII: `openai;failed;502;120ms, bedrock;finished;840ms`. Of an
/// attempt under way it says whether its answer has begun (`serving`) or not (`waiting`), and how
/// long it has taken to come so far.
final class AttemptText {
  private static final int MAX_LENGTH = 1024;

  private AttemptText() {}

  /// All attempts; if they are too many, as many as fit and how many there are beside them,
  /// `more;3`.
  static String of(List<Attempt> attempts) {
    StringBuilder text = new StringBuilder();
    int written = 0;
    for (Attempt attempt : attempts) {
      String next = of(attempt);
      if (text.length() + next.length() > MAX_LENGTH) {
        break;
      }
      text.append(written++ == 0 ? "" : ", ").append(next);
    }
    int more = attempts.size() - written;
    if (more > 0) {
      text.append(written == 0 ? "" : ", ").append("more;").append(more);
    }
    return text.toString();
  }

  private static String of(Attempt attempt) {
    String backend = HeaderValues.ascii(attempt.backend()).replace(';', '_').replace(',', '_');
    String status =
        attempt.outcome() == Outcome.CANCELLED
            ? ""
            : attempt.failure().map(kind -> ";" + kind.httpStatus()).orElse("");
    return backend + ";" + word(attempt) + status + ";" + time(attempt).toMillis() + "ms";
  }

  private static String word(Attempt attempt) {
    if (attempt.outcome() == Outcome.RUNNING) {
      return attempt.firstEvent().isPresent() ? "serving" : "waiting";
    }
    return attempt.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static Duration time(Attempt attempt) {
    return attempt.outcome() == Outcome.RUNNING
        ? attempt.firstEvent().orElse(attempt.total())
        : attempt.total();
  }
}
