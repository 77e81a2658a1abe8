package io.agenticprimitives.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: any body under a good status gives events in the grammar, which [Answer]
/// checks, and then the end or a failure that blames the upstream; the same ones however the body
/// is cut; and no good end that it does not speak of.
class AnswerFuzzTest {
  /// What is believed to be an end, all of it in the text of the body.
  private static final Pattern END =
      Pattern.compile("\\[DONE]|finish|stop_reason|done_reason|\\\\u00", Pattern.CASE_INSENSITIVE);

  static List<Recording> seeds() {
    return Recording.of("chat-completions");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForRecordings(Recording recording) {
    fuzzerTestOneInput(recording.body());
  }

  public static void fuzzerTestOneInput(byte[] body) {
    Random random = new Random(Arrays.hashCode(body));
    for (boolean streamed : new boolean[] {true, false}) {
      Answer whole = answer(streamed, new ByteArrayInputStream(body));
      Answer cut = answer(streamed, CutBody.inPieces(body, () -> 1 + random.nextInt(30)));
      assertThat(cut.events()).isEqualTo(whole.events());
      assertThat(cut.dialectFields()).isEqualTo(whole.dialectFields());
      assertThat(outcome(cut)).isEqualTo(outcome(whole));
      if (whole.failure() == null && isStream(body)) {
        assertThat(END.matcher(new String(body, ISO_8859_1)).find())
            .as("speaks of an end")
            .isTrue();
      }
    }
  }

  private static Answer answer(boolean streamed, InputStream body) {
    return Answer.of(ResponseBody.open(null, streamed, body, _ -> {}));
  }

  /// Whether a body is read as a stream: a whole answer ends with its object.
  private static boolean isStream(byte[] body) {
    String text = new String(body, ISO_8859_1).replaceFirst("^(?:\u00EF\u00BB\u00BF|\\s)+", "");
    return !text.startsWith("{") && !text.startsWith("[");
  }

  private static String outcome(Answer answer) {
    BackendException failure = answer.failure();
    if (failure == null) {
      return "finished";
    }
    assertThat(failure.kind()).isNotIn(ErrorKind.INTERNAL, ErrorKind.CANCELLED);
    assertThat(failure.message()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    return failure.kind() + " " + failure.message();
  }
}
