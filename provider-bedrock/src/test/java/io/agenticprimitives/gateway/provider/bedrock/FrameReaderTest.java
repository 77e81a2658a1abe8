package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

  private static FrameReader reader(byte[] bytes) {
    return new FrameReader(new AnswerStream(CutBody.inPieces(bytes, () -> 1000), _ -> {}));
  }

  @Test
  void framesComeOneByOneAndThenTheEnd() throws IOException {
    FrameReader reader =
        reader(new Frames().event("a", "{\"x\":\"ü\"}").exception("b", "").bytes());
    Frame first = Objects.requireNonNull(reader.next());
    assertThat(first.kind()).isEqualTo("event");
    assertThat(first.type()).isEqualTo("a");
    assertThat(new String(first.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"x\":\"ü\"}");
    Frame second = Objects.requireNonNull(reader.next());
    assertThat(second.kind()).isEqualTo("exception");
    assertThat(second.type()).isEqualTo("b");
    assertThat(reader.next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 60_000, 65_520, 65_536, 200_000, (16 << 20) - 16 - 30})
  void framesOfAnyLengthUpToTheLimitAreRead(int length) throws IOException {
    byte[] payload = new byte[length];
    payload[length - 1] = 7;
    byte[] bytes = new Frames().frame(new byte[0], payload).bytes();
    Frame frame = Objects.requireNonNull(reader(bytes).next());
    assertThat(frame.payload()).isEqualTo(payload);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, (16 << 20) + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void aLengthThatCannotBeIsRefusedAtOnce(int length) {
    ByteBuffer prelude = ByteBuffer.allocate(12).putInt(length).putInt(0);
    CRC32 checksum = new CRC32();
    checksum.update(prelude.array(), 0, 8);
    prelude.putInt((int) checksum.getValue());
    assertThatThrownBy(() -> reader(prelude.array()).next())
        .isInstanceOf(FrameReader.DamagedException.class)
        .hasMessageContaining("claims a length");
  }

  @Test
  void aLengthIsNotBelievedBeforeTheBytesAreThere() {
    ByteBuffer prelude = ByteBuffer.allocate(12).putInt(16 << 20).putInt(0);
    CRC32 checksum = new CRC32();
    checksum.update(prelude.array(), 0, 8);
    prelude.putInt((int) checksum.getValue());
    int[] largest = {0};
    InputStream body =
        new InputStream() {
          private final InputStream bytes = new ByteArrayInputStream(prelude.array());

          @Override
          public int read() throws IOException {
            return bytes.read();
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            largest[0] = Math.max(largest[0], target.length);
            return bytes.read(target, offset, length);
          }
        };
    assertThatThrownBy(() -> new FrameReader(new AnswerStream(body, _ -> {})).next())
        .isInstanceOf(EOFException.class);
    assertThat(largest[0]).isPositive().isLessThanOrEqualTo(64 << 10);
  }

  @Test
  void aHeaderOfAnotherTypeThanTextIsDamage() {
    // A name of one character, then type 0: true.
    byte[] headers = (" " + ":event-type").getBytes(StandardCharsets.US_ASCII);
    headers[0] = 11;
    byte[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    assertThatThrownBy(() -> reader(new Frames().frame(all, new byte[0]).bytes()).next())
        .isInstanceOf(FrameReader.DamagedException.class);
  }

  @Test
  void aFrameWithoutTypeIsAnEvent() throws IOException {
    Frame frame =
        Objects.requireNonNull(
            reader(new Frames().frame(Map.of(":event-type", "metadata"), "{}").bytes()).next());
    assertThat(frame.kind()).isEqualTo("event");
    assertThat(frame.type()).isEqualTo("metadata");
  }
}
