package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// Reads server-sent events (WHATWG HTML, "Server-sent events", section 9.2.6) from a body, however
/// the network has cut it. Lines end with LF, CR or CRLF; comments, unknown fields, `id` and
/// `retry` are skipped; memory is bounded by the longest event.
///
/// Beyond the standard it reports lines that hold an error where no parser of the standard would
/// see it: `error: {...}` (llama.cpp and its kin) and JSON without any field name (frameworks that
/// fail while they stream). And it shows the last event of a body that ends without the blank line.
///
/// Not thread-safe.
final class SseReader {
  /// The longest line, and the most data of one event, in bytes.
  static final int MAX_LINE = 16 << 20;

  private static final int START_SIZE = 8192;

  /// Shorter events are not worth mentioning.
  private static final int FREE = 64 << 10;

  /// Of each buffer: while it grows there are two, and what is in it becomes text.
  private static final int COPIES = 3;

  /// What was read.
  enum Item {
    /// An event with data.
    EVENT,
    /// A line that is not part of an event and may hold an error; [#data()] has its text.
    STRAY_LINE,
    /// The data of an event that the end of the body cut off, perhaps in the middle.
    TAIL,
    /// The end of the body.
    END
  }

  private final InputStream source;
  private final LongConsumer memory;
  private byte[] buffer = new byte[START_SIZE];
  private int lineStart;
  private int scanned;
  private int end;
  private boolean afterCarriageReturn;
  private boolean firstLine = true;

  private byte[] data = new byte[START_SIZE];
  private int dataLength;
  private boolean hasData;
  private String eventName = "";
  private String strayLine = "";
  private boolean errorLine;
  private Item current = Item.END;

  /// @param memory is told how many bytes more are kept of an event
  SseReader(InputStream source, LongConsumer memory) {
    this.source = source;
    this.memory = memory;
  }

  /// Reads up to the next item; comments and empty events are passed over.
  ///
  /// @throws IOException if the body cannot be read on
  /// @throws BackendException if a line is too long
  Item next() throws IOException {
    if (hasData && !strayLine.isEmpty() && current != Item.STRAY_LINE) {
      current = Item.STRAY_LINE;
      return current;
    }
    startEvent();
    current = read();
    return current;
  }

  /// The name of the event last read; empty if it has none.
  String eventName() {
    return eventName;
  }

  /// The data of the event last read, its lines joined by line feeds; or the stray line.
  String data() {
    return current == Item.STRAY_LINE
        ? strayLine
        : new String(data, 0, dataLength, StandardCharsets.UTF_8);
  }

  /// Whether the stray line stood behind `error:`.
  boolean isErrorLine() {
    return errorLine;
  }

  private Item read() throws IOException {
    while (true) {
      int lineEnd = findLineEnd();
      if (lineEnd < 0) {
        return atEndOfBody();
      }
      skipByteOrderMark(lineEnd);
      boolean dispatch = lineEnd == lineStart || line(lineEnd);
      lineStart = lineEnd + 1;
      if (dispatch) {
        if (hasData) {
          return Item.EVENT;
        }
        if (!strayLine.isEmpty()) {
          return Item.STRAY_LINE;
        }
        startEvent();
      }
    }
  }

  private void startEvent() {
    dataLength = 0;
    hasData = false;
    eventName = "";
    strayLine = "";
  }

  private Item atEndOfBody() {
    skipByteOrderMark(end);
    if (end > lineStart) {
      boolean stray = line(end);
      lineStart = end;
      if (stray && !hasData) {
        return Item.STRAY_LINE;
      }
    }
    return hasData ? Item.TAIL : Item.END;
  }

  /// @return the place of the next line end, or -1 if the body ends without one
  private int findLineEnd() throws IOException {
    while (true) {
      if (afterCarriageReturn && lineStart < end) {
        afterCarriageReturn = false;
        lineStart += buffer[lineStart] == '\n' ? 1 : 0;
      }
      byte[] bytes = buffer;
      for (int i = Math.max(scanned, lineStart); i < end; i++) {
        if (bytes[i] == '\n' || bytes[i] == '\r') {
          afterCarriageReturn = bytes[i] == '\r';
          scanned = i + 1;
          return i;
        }
      }
      scanned = end;
      if (!fill()) {
        return -1;
      }
    }
  }

  private boolean fill() throws IOException {
    if (lineStart > 0) {
      System.arraycopy(buffer, lineStart, buffer, 0, end - lineStart);
      end -= lineStart;
      scanned -= lineStart;
      lineStart = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, grown(end, end + 1));
    }
    int count = source.read(buffer, end, buffer.length - end);
    end += Math.max(count, 0);
    return count >= 0;
  }

  private int grown(int size, int needed) {
    if (needed > MAX_LINE) {
      throw new BackendException(
          ErrorKind.UPSTREAM_FAILURE,
          "The upstream sent an event longer than " + MAX_LINE + " bytes");
    }
    int larger = Math.min(MAX_LINE, Math.max(size * 2, needed));
    if (larger > FREE) {
      memory.accept((long) COPIES * (larger - size));
    }
    return larger;
  }

  /// Takes in a line that is not empty.
  ///
  /// @return whether it is a stray line, which is reported at once
  private boolean line(int lineEnd) {
    int start = lineStart;
    if (buffer[start] == ':') {
      return false;
    }
    if (buffer[start] == '{') {
      strayLine = text(start, lineEnd);
      errorLine = false;
      return true;
    }
    int colon = start;
    while (colon < lineEnd && buffer[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, lineEnd);
    if (value < lineEnd && buffer[value] == ' ') {
      value++;
    }
    return field(start, colon, value, lineEnd);
  }

  private boolean field(int start, int colon, int value, int lineEnd) {
    int length = colon - start;
    if (length == 4 && isName("data", start)) {
      addData(value, lineEnd - value);
    } else if (length == 5 && isName("event", start)) {
      eventName = text(value, lineEnd);
    } else if (length == 5 && isName("error", start)) {
      strayLine = text(value, lineEnd);
      errorLine = true;
      return !strayLine.isEmpty();
    }
    return false;
  }

  private boolean isName(String name, int start) {
    for (int i = 0; i < name.length(); i++) {
      if (buffer[start + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void addData(int start, int length) {
    int separator = hasData ? 1 : 0;
    hasData = true;
    int needed = dataLength + separator + length;
    if (needed > data.length) {
      data = Arrays.copyOf(data, grown(data.length, needed));
    }
    if (separator > 0) {
      data[dataLength++] = '\n';
    }
    System.arraycopy(buffer, start, data, dataLength, length);
    dataLength += length;
  }

  /// Only the beginning of the body can be one.
  private void skipByteOrderMark(int lineEnd) {
    if (firstLine
        && lineEnd - lineStart >= 3
        && (buffer[lineStart] & 0xFF) == 0xEF
        && (buffer[lineStart + 1] & 0xFF) == 0xBB
        && (buffer[lineStart + 2] & 0xFF) == 0xBF) {
      lineStart += 3;
    }
    firstLine = false;
  }

  private String text(int start, int lineEnd) {
    return new String(buffer, start, lineEnd - start, StandardCharsets.UTF_8);
  }
}
