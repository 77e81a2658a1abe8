package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.stream;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a body holds, there come events in the grammar (checked by [Answer]) and then the end
/// or a [BackendException]; nothing else, and in bounded memory.
class HostileBodiesTest {

  private static final int SMALL = 30_000;

  static List<Recording> recordings() {
    return Recording.of("chat-completions").stream()
        .filter(recording -> recording.status() == 200)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void anySplitGivesTheSameEvents(Recording recording) {
    byte[] body = recording.body();
    Answer whole = open(recording, new ByteArrayInputStream(body));
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int longest = 1 + random.nextInt(400);
      Answer cut = open(recording, CutBody.inPieces(body, () -> 1 + random.nextInt(longest)));
      assertThat(cut.events()).as("seed %d", seed).isEqualTo(whole.events());
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void changedRecordingsGiveEventsOrAFailure(Recording recording) {
    byte[] body = recording.body();
    if (body.length > SMALL) {
      return;
    }
    for (int seed = 0; seed < 20; seed++) {
      byte[] changed = changed(body, new Random(seed));
      assertThat(open(recording, new ByteArrayInputStream(changed)))
          .as("seed %d", seed)
          .isNotNull();
      ErrorDecoder.decode(
          400 + seed, null, null, recording.contentType(), new ByteArrayInputStream(changed));
      modelsOrFailure(changed);
    }
  }

  private static Answer open(Recording recording, InputStream body) {
    return Answer.of(
        ResponseBody.open(recording.contentType(), recording.isStreamed(), body, _ -> {}));
  }

  private static void modelsOrFailure(byte[] body) {
    try {
      assertThat(ModelsDecoder.decode(new ByteArrayInputStream(body), _ -> {})).isNotNull();
    } catch (BackendException failure) {
      assertThat(failure.message()).isNotEmpty();
    }
  }

  private static byte[] changed(byte[] body, Random random) {
    byte[] changed = body.clone();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(4)) {
        case 0 -> changed[at] = (byte) random.nextInt(256);
        case 1 -> changed[at] = (byte) "{}[]\",:\n\r0 n-\\".charAt(random.nextInt(14));
        case 2 -> {
          int length = Math.min(random.nextInt(40), changed.length - at);
          int from = random.nextInt(changed.length - length + 1);
          System.arraycopy(body, from, changed, at, length);
        }
        default -> changed = without(changed, at, random.nextInt(30));
      }
    }
    return changed;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    int end = Math.min(bytes.length, at + length);
    byte[] rest = Arrays.copyOf(bytes, Math.max(1, bytes.length - (end - at)));
    System.arraycopy(
        bytes, end, rest, Math.min(at, rest.length - (bytes.length - end)), bytes.length - end);
    return rest;
  }

  @Test
  void randomBytesAreAFailure() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] body = new byte[1 + random.nextInt(300)];
      random.nextBytes(body);
      byte[] framed =
          ("data: " + new String(body, StandardCharsets.ISO_8859_1) + "\n\n")
              .getBytes(StandardCharsets.ISO_8859_1);
      for (boolean streamed : new boolean[] {true, false}) {
        Answer.of(ResponseBody.open(null, streamed, new ByteArrayInputStream(body), _ -> {}))
            .failed();
        Answer.of(ResponseBody.open(null, streamed, new ByteArrayInputStream(framed), _ -> {}))
            .failed();
      }
      ErrorDecoder.decode(500, null, null, null, new ByteArrayInputStream(body));
      modelsOrFailure(body);
    }
  }

  @Test
  void wellFormedNonsenseUnderEveryKnownNameGivesEventsOrAFailure() {
    int finished = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Nonsense nonsense = new Nonsense(new Random(seed));
      List<String> chunks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        chunks.add(nonsense.chunk());
      }
      Answer streamed = Answer.ofStream(stream(chunks.toArray(String[]::new)) + Chunks.DONE);
      finished += streamed.failure() == null ? 1 : 0;
      Answer.ofJson(chunks.getFirst());
      ErrorDecoder.decode(400, null, null, null, Answer.stream(chunks.getFirst()));
      modelsOrFailure(chunks.getFirst().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(finished).as("the nonsense is not all refused").isGreaterThan(300);
  }
}
