package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The lines of a body of server-sent events, however the network has cut it. They end with LF, CR
/// or CRLF; a byte order mark at the beginning of the body belongs to none. Memory is bounded by
/// the longest line. Not thread-safe.
final class SseLines {
  private static final int START_SIZE = 8192;

  private final InputStream source;
  private final EventMemory memory;
  private byte[] buffer = new byte[START_SIZE];

  /// The line last read, and where the next one begins.
  private int start;

  private int end;
  private int next;

  private int scanned;
  private int filled;
  private boolean afterCarriageReturn;
  private boolean atBeginning = true;

  SseLines(InputStream source, EventMemory memory) {
    this.source = source;
    this.memory = memory;
  }

  /// Goes on to the next line.
  ///
  /// @return false at the end of the body: the line is then what came after the last line end
  /// @throws IOException if the body cannot be read on
  /// @throws BackendException if the line is too long
  boolean advance() throws IOException {
    start = next;
    int lineEnd = findLineEnd();
    boolean ended = lineEnd >= 0;
    end = ended ? lineEnd : filled;
    next = ended ? lineEnd + 1 : filled;
    skipByteOrderMark();
    return ended;
  }

  /// Where the line last read begins.
  int start() {
    return start;
  }

  /// The place behind its last byte, its end left out.
  int end() {
    return end;
  }

  boolean isEmpty() {
    return start == end;
  }

  /// The byte at a place of the line last read.
  byte at(int place) {
    return buffer[place];
  }

  /// A part of the line last read.
  String text(int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }

  /// Copies a part of the line last read.
  void copy(int from, int length, byte[] target, int offset) {
    System.arraycopy(buffer, from, target, offset, length);
  }

  /// @return the place of the line's end, or -1 if the body ends without one
  private int findLineEnd() throws IOException {
    while (true) {
      if (afterCarriageReturn && start < filled) {
        afterCarriageReturn = false;
        start += buffer[start] == '\n' ? 1 : 0;
      }
      byte[] bytes = buffer;
      for (int i = Math.max(scanned, start); i < filled; i++) {
        if (bytes[i] == '\n' || bytes[i] == '\r') {
          afterCarriageReturn = bytes[i] == '\r';
          scanned = i + 1;
          return i;
        }
      }
      scanned = filled;
      if (!fill()) {
        return -1;
      }
    }
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      scanned -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      buffer = memory.grown(buffer, filled + 1);
    }
    int count = source.read(buffer, filled, buffer.length - filled);
    filled += Math.max(count, 0);
    return count >= 0;
  }

  private void skipByteOrderMark() {
    if (atBeginning
        && end - start >= 3
        && (buffer[start] & 0xFF) == 0xEF
        && (buffer[start + 1] & 0xFF) == 0xBB
        && (buffer[start + 2] & 0xFF) == 0xBF) {
      start += 3;
    }
    atBeginning = false;
  }
}
