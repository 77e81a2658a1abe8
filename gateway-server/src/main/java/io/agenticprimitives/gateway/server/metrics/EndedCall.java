package io.agenticprimitives.gateway.server.metrics;

import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What became of one call. There is nothing in it of what was said.
///
/// @param route the name of the route that it came in on
/// @param operation what it asked for
/// @param backend the configured name of the backend that served it, or was asked last; empty if
///   none was found for it
/// @param askedModel as the caller wrote it, which may be anything; empty if it named none
/// @param answeredModel as the upstream named it; empty if it did not
/// @param status the HTTP status that the caller was told, in a stream too
/// @param outcome `finished`, `cancelled`, or the kind of the failure
/// @param stopReason why the model stopped, in the gateway's words; empty if it did not finish
/// @param usage as far as it is known
/// @param firstEvent how long the first event of a stream took
/// @param total how long it took in all
/// @param attempts what was tried, in order
/// @param adjustments what the backend did not get as the caller gave it
/// @param startedAt when its headers were complete, of [System#nanoTime()]
public record EndedCall(
    String route,
    Operation operation,
    String backend,
    String askedModel,
    String answeredModel,
    int status,
    String outcome,
    String stopReason,
    Usage usage,
    Optional<Duration> firstEvent,
    Duration total,
    List<Attempt> attempts,
    List<Adjustment> adjustments,
    long startedAt) {

  public EndedCall {
    attempts = List.copyOf(attempts);
    adjustments = List.copyOf(adjustments);
  }

  /// Whether the caller got its whole answer.
  public boolean isFinished() {
    return outcome.equals("finished");
  }

  /// Whether the caller left.
  public boolean isCancelled() {
    return outcome.equals("cancelled");
  }

  /// The kind of the failure; empty if there was none.
  public String errorType() {
    return isFinished() ? "" : outcome;
  }

  /// The model that answered, else the one that was asked for; empty if neither is known.
  public String model() {
    return answeredModel.isEmpty() ? askedModel : answeredModel;
  }

  /// How it ended, in one of six words: `finished`, `cancelled` (the caller left), `cut` (the
  /// upstream's answer ended before it was complete), `shed` (too much is going on), `rejected`
  /// (the gateway found the request wrong and asked nobody), `failed`.
  public String ending() {
    if (isFinished() || isCancelled() || outcome.equals("cut")) {
      return outcome;
    }
    if (wasShed()) {
      return "shed";
    }
    return attempts.isEmpty() && status < 500 ? "rejected" : "failed";
  }

  private boolean wasShed() {
    return attempts.isEmpty()
        ? outcome.equals("overloaded")
        : attempts.getLast().outcome() == Attempt.Outcome.SHED;
  }
}
