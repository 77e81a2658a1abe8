package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptTextTest {
  private static final Optional<Duration> NO_EVENT = Optional.empty();
  private static final Optional<Duration> EVENT = Optional.of(Duration.ofMillis(40));

  private static Attempt attempt(
      String backend, Outcome outcome, Optional<ErrorKind> failure, Optional<Duration> firstEvent) {
    return new Attempt(backend, outcome, failure, firstEvent, Duration.ofMillis(120), "", 0);
  }

  @Test
  void eachAttemptSaysHowItEndedAndHowLongItTook() {
    assertThat(
            AttemptText.of(
                List.of(
                    attempt("a", Outcome.FAILED, Optional.of(ErrorKind.TIMEOUT), NO_EVENT),
                    attempt("b", Outcome.SHED, Optional.of(ErrorKind.OVERLOADED), NO_EVENT),
                    attempt("c", Outcome.CANCELLED, Optional.of(ErrorKind.CANCELLED), NO_EVENT),
                    attempt("d", Outcome.CUT, Optional.of(ErrorKind.CUT), EVENT),
                    attempt("e", Outcome.FINISHED, Optional.empty(), EVENT))))
        .isEqualTo(
            "a;failed;504;120ms, b;shed;503;120ms, c;cancelled;120ms, d;cut;502;120ms,"
                + " e;finished;120ms");
  }

  @Test
  void anAttemptUnderWaySaysWhetherItAnswers() {
    assertThat(
            AttemptText.of(
                List.of(
                    attempt("a", Outcome.RUNNING, Optional.empty(), NO_EVENT),
                    attempt("b", Outcome.RUNNING, Optional.empty(), EVENT))))
        .isEqualTo("a;waiting;120ms, b;serving;40ms");
  }

  @Test
  void namesCannotBreakTheForm() {
    assertThat(
            AttemptText.of(
                List.of(attempt("a;b, c\r\n", Outcome.FINISHED, Optional.empty(), EVENT))))
        .isEqualTo("a_b_ c??;finished;120ms");
  }

  @Test
  void whatDoesNotFitIsCounted() {
    Attempt one = attempt("x".repeat(128), Outcome.FINISHED, Optional.empty(), EVENT);
    String text = AttemptText.of(Collections.nCopies(50, one));
    assertThat(text).hasSizeLessThan(1200).endsWith(", more;43");
    assertThat(AttemptText.of(List.of())).isEmpty();
  }
}
