package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

  private final EventMemory memory;
  private final SseLines lines;
  private byte[] data = new byte[START_SIZE];
  private int dataLength;
  private boolean hasData;
  private String eventName = "";
  private String strayLine = "";
  private boolean errorLine;
  private Item current = Item.END;

  /// @param memory is told how many bytes more are kept of an event
  SseReader(InputStream source, LongConsumer memory) {
    this.memory = new EventMemory(memory);
    this.lines = new SseLines(source, this.memory);
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
    while (lines.advance()) {
      boolean dispatch = lines.isEmpty() || line();
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
    return atEndOfBody();
  }

  private void startEvent() {
    dataLength = 0;
    hasData = false;
    eventName = "";
    strayLine = "";
  }

  private Item atEndOfBody() {
    boolean stray = !lines.isEmpty() && line();
    if (stray && !hasData) {
      return Item.STRAY_LINE;
    }
    return hasData ? Item.TAIL : Item.END;
  }

  /// Takes in a line that is not empty.
  ///
  /// @return whether it is a stray line, which is reported at once
  private boolean line() {
    int start = lines.start();
    int end = lines.end();
    if (lines.at(start) == ':') {
      return false;
    }
    if (lines.at(start) == '{') {
      strayLine = lines.text(start, end);
      errorLine = false;
      return true;
    }
    int colon = start;
    while (colon < end && lines.at(colon) != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, end);
    if (value < end && lines.at(value) == ' ') {
      value++;
    }
    return field(start, colon, value, end);
  }

  private boolean field(int start, int colon, int value, int end) {
    int length = colon - start;
    if (length == 4 && isName("data", start)) {
      addData(value, end - value);
    } else if (length == 5 && isName("event", start)) {
      eventName = lines.text(value, end);
    } else if (length == 5 && isName("error", start)) {
      strayLine = lines.text(value, end);
      errorLine = true;
      return !strayLine.isEmpty();
    }
    return false;
  }

  private boolean isName(String name, int start) {
    for (int i = 0; i < name.length(); i++) {
      if (lines.at(start + i) != name.charAt(i)) {
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
      data = memory.grown(data, needed);
    }
    if (separator > 0) {
      data[dataLength++] = '\n';
    }
    lines.copy(start, length, data, dataLength);
    dataLength += length;
  }
}
