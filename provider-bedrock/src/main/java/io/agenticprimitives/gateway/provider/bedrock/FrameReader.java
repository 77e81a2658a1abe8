package io.agenticprimitives.gateway.provider.bedrock;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/// Cuts a body into the messages of AWS's event stream encoding
/// (`application/vnd.amazon.eventstream`): the length of all, the length of the headers, a checksum
/// of the two, headers, payload, a checksum of all. AWS's own decoder takes each message apart and
/// checks both checksums; its streaming decoder, which keeps 2 MiB for each stream, is not used.
///
/// Not thread-safe.
final class FrameReader {
  /// No message may be longer, in bytes.
  static final int MAX_LENGTH = 16 << 20;

  private static final int PRELUDE_LENGTH = 12;
  private static final int LENGTHS = 8;

  /// The prelude and the last checksum.
  private static final int MIN_LENGTH = 16;

  /// A length is believed so far; beyond it the buffer grows with what arrives.
  private static final int FIRST_BUFFER = 64 << 10;

  /// While it grows there are two, and what is in it is taken apart.
  private static final int COPIES = 4;

  /// What arrived is no message.
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String fault;

    DamagedException(String fault, @Nullable Throwable cause) {
      super(fault, cause);
      this.fault = fault;
    }

    /// What is wrong, to be put into a sentence.
    String fault() {
      return fault;
    }
  }

  private final AnswerStream body;

  FrameReader(AnswerStream body) {
    this.body = body;
  }

  /// The next message; null at the end of the body.
  ///
  /// @throws DamagedException if the bytes are no message
  /// @throws EOFException if the body ends within a message
  /// @throws IOException if the body cannot be read on
  @Nullable Frame next() throws IOException {
    byte[] prelude = new byte[PRELUDE_LENGTH];
    int count = body.bytes().readNBytes(prelude, 0, PRELUDE_LENGTH);
    if (count == 0) {
      return null;
    }
    if (count < PRELUDE_LENGTH) {
      throw new EOFException("The body ends within the beginning of a message");
    }
    return decode(rest(prelude, lengthIn(prelude)));
  }

  private static int lengthIn(byte[] prelude) throws DamagedException {
    CRC32 checksum = new CRC32();
    checksum.update(prelude, 0, LENGTHS);
    ByteBuffer numbers = ByteBuffer.wrap(prelude);
    int length = numbers.getInt(0);
    if ((int) checksum.getValue() != numbers.getInt(LENGTHS)) {
      throw new DamagedException("the checksum of a message's lengths is wrong", null);
    }
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw new DamagedException(
          "a message claims a length of " + Integer.toUnsignedString(length) + " bytes", null);
    }
    return length;
  }

  private byte[] rest(byte[] prelude, int length) throws IOException {
    byte[] frame = Arrays.copyOf(prelude, Math.min(length, FIRST_BUFFER));
    int filled = PRELUDE_LENGTH;
    while (true) {
      int count = body.bytes().readNBytes(frame, filled, frame.length - filled);
      if (count < frame.length - filled) {
        throw new EOFException("The body ends within a message");
      }
      if (frame.length == length) {
        return frame;
      }
      filled = frame.length;
      int larger = (int) Math.min(length, 2L * filled);
      body.memory().accept((long) COPIES * (larger - filled));
      frame = Arrays.copyOf(frame, larger);
    }
  }

  private static Frame decode(byte[] bytes) throws DamagedException {
    try {
      Message message = Message.decode(ByteBuffer.wrap(bytes));
      Map<String, HeaderValue> headers = message.getHeaders();
      // A message without a type is an event in all but name.
      String kind = headers.containsKey(":message-type") ? text(headers, ":message-type") : "event";
      String type =
          switch (kind) {
            case "exception" -> text(headers, ":exception-type");
            case "error" -> text(headers, ":error-code");
            default -> text(headers, ":event-type");
          };
      return new Frame(kind, type, text(headers, ":error-message"), message.getPayload());
    } catch (RuntimeException damaged) {
      throw new DamagedException("a message cannot be decoded", damaged);
    }
  }

  private static String text(Map<String, HeaderValue> headers, String name) {
    HeaderValue value = headers.get(name);
    return value == null ? "" : value.getString();
  }
}
