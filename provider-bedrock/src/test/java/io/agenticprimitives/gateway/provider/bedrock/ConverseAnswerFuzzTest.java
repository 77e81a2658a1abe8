package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: any body of an answer of Converse gives events in the grammar, which
/// [Answer] checks, or a failure fit to be shown; and so does any body and header of an error.
class ConverseAnswerFuzzTest {

  static List<Recording> seeds() {
    return Recording.all().stream().filter(recording -> !recording.isEventStream()).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForRecordings(Recording recording) {
    fuzzerTestOneInput(recording.body());
  }

  public static void fuzzerTestOneInput(byte[] body) {
    Random random = new Random(Arrays.hashCode(body));
    Answer whole = Answer.ofJson(new ByteArrayInputStream(body));
    Answer cut = Answer.ofJson(CutBody.inPieces(body, () -> 1 + random.nextInt(30)));
    assertThat(cut.events()).isEqualTo(whole.events());
    if (whole.failure() != null) {
      check(whole.failure());
      assertThat(cut.failed().message()).isEqualTo(whole.failure().message());
    }
    String text = new String(body, StandardCharsets.UTF_8);
    int status = 300 + random.nextInt(300);
    check(AwsErrors.answered(status, AwsError.ofAnswer(null, text, body), random.nextBoolean()));
    check(AwsErrors.answered(status, AwsError.ofAnswer(text, null, body), random.nextBoolean()));
    check(AwsErrors.inStream(AwsError.ofException(text, body, "r-1")));
    RetryAfter.parse(text)
        .ifPresent(delay -> assertThat(delay).isBetween(Duration.ZERO, Duration.ofDays(2)));
  }

  private static void check(BackendException failure) {
    assertThat(failure.kind()).isNotIn(ErrorKind.INTERNAL, ErrorKind.CANCELLED);
    assertThat(failure.message()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    assertThat(failure.upstream().requestId()).doesNotContainPattern("\\p{Cntrl}");
  }
}
