package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever becomes of a stream on its way, it never ends well unless Bedrock said that it did, and
/// never fails in another way than the documented one.
class DamagedStreamsTest {
  private static final byte[] RECORDED =
      Recording.named("langchainaws-agent-loop-streaming-v0-i0").body();

  private static final Answer UNDAMAGED = Answer.ofStream(new ByteArrayInputStream(RECORDED));

  /// The offset at which the frame `messageStop` ends: after it comes only `metadata`.
  private static final int STOPPED = frameEnds().get(frameEnds().size() - 2);

  private static List<Integer> frameEnds() {
    List<Integer> ends = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(RECORDED);
    for (int end = 0; end < RECORDED.length; ) {
      end += bytes.getInt(end);
      ends.add(end);
    }
    return ends;
  }

  @Test
  void aStreamThatIsCutAnywhereBeforeTheStopIsACut() {
    for (int length = 0; length < STOPPED; length++) {
      Answer answer = Answer.ofStream(new ByteArrayInputStream(RECORDED, 0, length));
      assertThat(answer.failed().kind()).as("after %s bytes", length).isEqualTo(ErrorKind.CUT);
      assertThat(answer.events()).isEqualTo(UNDAMAGED.events().subList(0, answer.events().size()));
    }
  }

  @Test
  void aStreamThatIsCutAfterTheStopIsFinished() {
    for (int length = STOPPED; length < RECORDED.length; length++) {
      Answer answer = Answer.ofStream(new ByteArrayInputStream(RECORDED, 0, length));
      assertThat(answer.finished().stopReason()).isEqualTo(UNDAMAGED.finished().stopReason());
      assertThat(answer.calls()).isEqualTo(UNDAMAGED.calls());
    }
  }

  @Test
  void oneWrongByteAnywhereIsNoticed() {
    for (int position = 0; position < RECORDED.length; position++) {
      byte[] damaged = RECORDED.clone();
      damaged[position] ^= (byte) (1 << (position % 8));
      Answer answer = Answer.ofStream(new ByteArrayInputStream(damaged));
      if (position < STOPPED) {
        assertThat(answer.failed().kind())
            .as("byte %s", position)
            .isIn(ErrorKind.UPSTREAM_FAILURE, ErrorKind.CUT);
      } else {
        // Only the metadata is lost.
        assertThat(answer.calls()).isEqualTo(UNDAMAGED.calls());
        assertThat(answer.finished().usage().isKnown()).isFalse();
      }
      assertThat(answer.text()).isIn("", UNDAMAGED.text().substring(0, answer.text().length()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noiseIsNoAnswer(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertThat(Answer.ofStream(new ByteArrayInputStream(noise)).events()).isEmpty();
      assertThat(Answer.ofJson(new ByteArrayInputStream(noise)).failure()).isNotNull();
    }
  }

  /// The checksums are good, what is inside is not.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void wellPackedNonsenseFailsAsDocumentedOrIsPassedOver(long seed) {
    Random random = new Random(seed);
    String[] types = {
      "messageStart",
      "contentBlockStart",
      "contentBlockDelta",
      "contentBlockDelta",
      "contentBlockStop",
      "messageStop",
      "metadata",
      "other"
    };
    for (int i = 0; i < 600; i++) {
      Frames frames = new Frames();
      for (int count = random.nextInt(12); count > 0; count--) {
        frames.event(types[random.nextInt(types.length)], Nonsense.json(random));
      }
      // The grammar is checked by Answer.
      Answer answer = Answer.ofStream(CutBody.inPieces(frames.bytes(), () -> 7));
      assertThat(answer.events().size() + (answer.failure() == null ? 0 : 1)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void wellPackedNoiseFailsAsDocumented(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      byte[] headers = new byte[random.nextInt(40)];
      byte[] payload = new byte[random.nextInt(40)];
      random.nextBytes(headers);
      random.nextBytes(payload);
      Answer answer =
          Answer.ofStream(new ByteArrayInputStream(new Frames().frame(headers, payload).bytes()));
      assertThat(answer.failed().kind()).isIn(ErrorKind.UPSTREAM_FAILURE, ErrorKind.CUT);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shuffledAndRepeatedBytesNeverEndWellWithoutAStop(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      int from = random.nextInt(STOPPED);
      int to = from + 1 + random.nextInt(Math.min(200, STOPPED - from));
      byte[] damaged = Arrays.copyOf(RECORDED, STOPPED - 1);
      byte[] piece = Arrays.copyOfRange(RECORDED, from, to);
      int at = random.nextInt(damaged.length - piece.length);
      System.arraycopy(piece, 0, damaged, at, piece.length);
      assertThat(Answer.ofStream(new ByteArrayInputStream(damaged)).failure()).isNotNull();
    }
  }
}
