package com.example.anthropic;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads server-sent events (WHATWG HTML, section 9.2) as their data. Names of events are not
/// needed: Anthropic repeats them in the data. Not thread-safe.
final class SseReader {
  /// The most bytes of one event.
  static final int MAX_EVENT = 16 * 1024 * 1024;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int limit;
  private boolean afterReturn;
  private boolean first = true;

  SseReader(InputStream in) {
    this.in = in;
  }

  /// The data of the next event that has any; null at the end of the stream. An event that the end
  /// cuts off is none.
  ///
  /// @throws BackendException if an event is too large
  @Nullable String next() throws IOException {
    StringBuilder data = new StringBuilder();
    String line;
    while ((line = line()) != null) {
      if (line.isEmpty() && data.length() > 1) {
        return data.substring(0, data.length() - 1);
      }
      if (line.equals("data") || line.startsWith("data:")) {
        checkSize(data.length() + line.length());
        data.append(valueOf(line)).append('\n');
      }
    }
    return null;
  }

  private static String valueOf(String line) {
    String value = line.length() > 5 ? line.substring(5) : "";
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  /// A line without its end, which is LF, CR or CRLF.
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int next;
    while ((next = read()) != '\n' && next != '\r') {
      if (next < 0) {
        return null;
      }
      checkSize(line.size());
      line.write(next);
    }
    afterReturn = next == '\r';
    String text = line.toString(StandardCharsets.UTF_8);
    boolean marked = first && text.startsWith(BYTE_ORDER_MARK);
    first = false;
    return marked ? text.substring(1) : text;
  }

  private int read() throws IOException {
    int next = readByte();
    if (afterReturn) {
      afterReturn = false;
      return next == '\n' ? readByte() : next;
    }
    return next;
  }

  private int readByte() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer));
      if (limit == 0) {
        return -1;
      }
    }
    return buffer[position++] & 0xFF;
  }

  private static void checkSize(int size) {
    if (size > MAX_EVENT) {
      throw new BackendException(
          ErrorKind.UPSTREAM_FAILURE, "The upstream sent an event of more than 16 MiB.");
    }
  }
}
