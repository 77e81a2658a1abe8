package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A target of `fuzz/run`: of any body the messages are read that are whole, and no others; they
/// give events in the grammar, which [Answer] checks, and then the end, if Bedrock said so, or a
/// failure; the same however the body is cut. What is damaged only in its checksums is repaired and
/// tried again, because nothing else gets past them.
class EventStreamFuzzTest {
  /// The prelude and the last checksum of a message.
  private static final int AROUND = 16;

  static List<Recording> seeds() {
    return Recording.all().stream().filter(Recording::isEventStream).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsForRecordings(Recording recording) throws IOException {
    fuzzerTestOneInput(recording.body());
  }

  public static void fuzzerTestOneInput(byte[] body) throws IOException {
    check(body);
    byte[] repaired = repaired(body);
    if (!Arrays.equals(repaired, body)) {
      check(repaired);
    }
  }

  private static void check(byte[] body) throws IOException {
    checkFrames(body);
    Random random = new Random(Arrays.hashCode(body));
    Answer whole = Answer.ofStream(new ByteArrayInputStream(body));
    Answer cut = Answer.ofStream(CutBody.inPieces(body, () -> 1 + random.nextInt(30)));
    assertThat(cut.events()).isEqualTo(whole.events());
    assertThat(outcome(cut)).isEqualTo(outcome(whole));
    if (whole.failure() == null) {
      assertThat(new String(body, StandardCharsets.ISO_8859_1)).contains("messageStop");
    }
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

  /// What is read is what stands between good checksums, in its order.
  private static void checkFrames(byte[] body) throws IOException {
    List<byte[]> payloads = payloads(new ByteArrayInputStream(body));
    ByteBuffer rest = ByteBuffer.wrap(body);
    for (byte[] payload : payloads) {
      int length = rest.getInt(rest.position());
      int headers = rest.getInt(rest.position() + 4);
      byte[] message = new byte[length];
      rest.get(message);
      ByteBuffer numbers = ByteBuffer.wrap(message);
      assertThat(numbers.getInt(8)).isEqualTo(checksum(message, 8));
      assertThat(numbers.getInt(length - 4)).isEqualTo(checksum(message, length - 4));
      assertThat(payload).isEqualTo(Arrays.copyOfRange(message, 12 + headers, length - 4));
    }
  }

  private static List<byte[]> payloads(InputStream body) throws IOException {
    FrameReader reader = new FrameReader(new AnswerStream(body, _ -> {}));
    List<byte[]> payloads = new ArrayList<>();
    try {
      Frame frame = reader.next();
      while (frame != null) {
        payloads.add(frame.payload());
        frame = reader.next();
      }
    } catch (FrameReader.DamagedException | EOFException documented) {
      assertThat(documented).hasMessageMatching("\\P{Cntrl}+");
    }
    return payloads;
  }

  /// The body with good checksums, and a last message as long as what is there.
  private static byte[] repaired(byte[] body) {
    byte[] repaired = body.clone();
    int start = 0;
    while (repaired.length - start >= AROUND) {
      ByteBuffer message = ByteBuffer.wrap(repaired, start, repaired.length - start).slice();
      int length = message.getInt(0);
      if (length < AROUND || length > message.capacity()) {
        length = message.capacity();
      }
      message.putInt(0, length).putInt(8, checksum(copy(message, 8), 8));
      message.putInt(length - 4, checksum(copy(message, length), length - 4));
      start += length;
    }
    return repaired;
  }

  private static byte[] copy(ByteBuffer message, int length) {
    byte[] bytes = new byte[length];
    message.get(0, bytes);
    return bytes;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
