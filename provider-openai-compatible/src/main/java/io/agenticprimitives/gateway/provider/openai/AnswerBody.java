package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/// The body of an answer. Its beginning can be looked at before it is read, and is remembered for
/// messages about answers that are not what was asked for.
final class AnswerBody extends InputStream {
  /// How much white space may stand before an answer. Some routers send it to keep the connection
  /// alive, a line every few seconds.
  static final int MAX_BLANKS = 1 << 20;

  private static final int SAMPLE_BYTES = 800;

  private final InputStream source;
  private final LongConsumer memory;
  private final String contentType;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int limit;
  private final byte[] sample = new byte[SAMPLE_BYTES];
  private int sampled;

  /// @param contentType the header of that name, or empty
  /// @param memory is told how many bytes more are kept of the answer
  AnswerBody(String contentType, InputStream source, LongConsumer memory) {
    this.contentType = contentType;
    this.source = source;
    this.memory = memory;
  }

  /// A body whose length nobody minds.
  AnswerBody(String contentType, InputStream source) {
    this(contentType, source, _ -> {});
  }

  /// Says that so many bytes more are kept.
  ///
  /// @throws BackendException if there is no room
  void reserveMemory(long bytes) {
    memory.accept(bytes);
  }

  String contentType() {
    return contentType;
  }

  /// The first characters that were read, byte order mark and leading white space left out.
  String sample() {
    return new String(sample, 0, sampled, StandardCharsets.UTF_8);
  }

  /// Whether nothing but white space was read.
  boolean isBlank() {
    return sampled == 0;
  }

  /// Skips a byte order mark and white space.
  ///
  /// @return the first byte after them, which is not taken; -1 at the end of the body
  int firstByte() throws IOException {
    int blanks = 0;
    while (true) {
      while (position < limit && isBlank(buffer[position])) {
        position++;
        blanks++;
      }
      if (position < limit && !skipByteOrderMark()) {
        return buffer[position] & 0xFF;
      }
      if (blanks > MAX_BLANKS) {
        throw new BackendException(
            ErrorKind.UPSTREAM_FAILURE, "The upstream sends white space without an answer");
      }
      if (position == limit && !fill()) {
        return -1;
      }
    }
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  /// @return whether there was a mark; it is three bytes long, which may come one by one
  private boolean skipByteOrderMark() throws IOException {
    if ((buffer[position] & 0xFF) != 0xEF) {
      return false;
    }
    while (limit - position < 3) {
      if (!fill()) {
        return false;
      }
    }
    boolean mark = (buffer[position + 1] & 0xFF) == 0xBB && (buffer[position + 2] & 0xFF) == 0xBF;
    position += mark ? 3 : 0;
    return mark;
  }

  /// Reads more behind what is left in the buffer, which is never more than a few bytes.
  private boolean fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int count = source.read(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count >= 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    if (position < limit) {
      count = Math.min(length, limit - position);
      System.arraycopy(buffer, position, target, offset, count);
      position += count;
    } else {
      count = source.read(target, offset, length);
    }
    remember(target, offset, count);
    return count;
  }

  private void remember(byte[] read, int offset, int count) {
    int start = offset;
    int end = offset + count;
    while (sampled == 0 && start < end && isBlank(read[start])) {
      start++;
    }
    int taken = Math.min(end - start, SAMPLE_BYTES - sampled);
    if (taken > 0) {
      System.arraycopy(read, start, sample, sampled, taken);
      sampled += taken;
    }
  }
}
