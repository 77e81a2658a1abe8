package io.agenticprimitives.gateway.server.output;

import io.agenticprimitives.gateway.api.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON written straight into one byte buffer, which is used again for each event of a stream.
///
/// Everything beyond ASCII is escaped: readers that split a stream into lines take U+0085, U+2028
/// and U+2029 for line ends. It is our own and not a library's generator, because that holds 16 kB
/// of its own for as long as a stream is open. The caller keeps to the grammar of JSON; only commas
/// are set here. Not thread-safe.
public final class JsonBuffer {
  private static final int INITIAL_SIZE = 512;
  private static final int KEPT_SIZE = 64 * 1024;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[INITIAL_SIZE];
  private int size;
  private boolean commaDue;

  /// Opens an object.
  public JsonBuffer object() {
    return open('{');
  }

  /// Closes an object.
  public JsonBuffer endObject() {
    return close('}');
  }

  /// Opens an array.
  public JsonBuffer array() {
    return open('[');
  }

  /// Closes an array.
  public JsonBuffer endArray() {
    return close(']');
  }

  private JsonBuffer open(char bracket) {
    beforeValue();
    put(bracket);
    commaDue = false;
    return this;
  }

  private JsonBuffer close(char bracket) {
    put(bracket);
    commaDue = true;
    return this;
  }

  /// The key of the value that comes next.
  public JsonBuffer name(String name) {
    beforeValue();
    quoted(name);
    put(':');
    commaDue = false;
    return this;
  }

  /// A string.
  public JsonBuffer value(String text) {
    beforeValue();
    quoted(text);
    return this;
  }

  /// A whole number.
  public JsonBuffer value(long number) {
    return literal(Long.toString(number));
  }

  /// `true` or `false`.
  public JsonBuffer value(boolean truth) {
    return literal(Boolean.toString(truth));
  }

  /// `null`.
  public JsonBuffer nullValue() {
    return literal("null");
  }

  /// A value that is JSON already: digit for digit the same, without the space between its parts.
  public JsonBuffer value(JsonText json) {
    beforeValue();
    compact(json.text());
    return this;
  }

  /// The elements of a list that is JSON already, into the list that is open.
  public JsonBuffer elements(JsonText list) {
    String text = list.text().strip();
    String inside = text.substring(1, text.length() - 1).strip();
    if (!inside.isEmpty()) {
      beforeValue();
      compact(inside);
    }
    return this;
  }

  private void compact(String text) {
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (!inString && character <= ' ') {
        continue;
      }
      plainOrEscaped(character);
      if (inString && character == '\\') {
        plainOrEscaped(text.charAt(++i));
      } else if (character == '"') {
        inString = !inString;
      }
    }
  }

  /// A key and its string.
  public JsonBuffer field(String name, String text) {
    return name(name).value(text);
  }

  /// A key and its number.
  public JsonBuffer field(String name, long number) {
    return name(name).value(number);
  }

  /// A key and its value.
  public JsonBuffer field(String name, JsonText json) {
    return name(name).value(json);
  }

  /// Text between values, the framing of an event stream for instance. It must be ASCII. What comes
  /// after it begins anew, without a comma.
  public JsonBuffer framing(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
    commaDue = false;
    return this;
  }

  private JsonBuffer literal(String ascii) {
    beforeValue();
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
    return this;
  }

  private void beforeValue() {
    if (commaDue) {
      put(',');
    }
    commaDue = true;
  }

  private void quoted(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        put('\\');
      }
      plainOrEscaped(character);
    }
    put('"');
  }

  private void plainOrEscaped(char character) {
    if (character >= ' ' && character < 0x7f) {
      put(character);
      return;
    }
    put('\\');
    switch (character) {
      case '\n' -> put('n');
      case '\r' -> put('r');
      case '\t' -> put('t');
      default -> {
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          put((char) HEX[character >> shift & 0xf]);
        }
      }
    }
  }

  private void put(char ascii) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) ascii;
  }

  /// The number of bytes that are there.
  public int size() {
    return size;
  }

  /// Writes what is there, and empties the buffer.
  public void drainTo(OutputStream stream) throws IOException {
    stream.write(bytes, 0, size);
    clear();
  }

  /// Empties the buffer. One that a large event has made large is not kept.
  public void clear() {
    size = 0;
    commaDue = false;
    if (bytes.length > KEPT_SIZE) {
      bytes = new byte[INITIAL_SIZE];
    }
  }

  /// What is there, as text.
  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.US_ASCII);
  }
}
