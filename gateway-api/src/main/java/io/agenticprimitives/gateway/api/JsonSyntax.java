package io.agenticprimitives.gateway.api;

import org.jspecify.annotations.Nullable;

/// Checks that a text is one JSON value (RFC 8259), without building it. Time is linear and the
/// depth is bounded, whatever the input.
final class JsonSyntax {
  private final String text;
  private int position;

  /// One bit per open bracket: true for an object.
  private final boolean[] objects = new boolean[JsonText.MAX_DEPTH];

  private int depth;

  private JsonSyntax(String text) {
    this.text = text;
  }

  static void check(String text) {
    String fault = faultIn(text);
    if (fault != null) {
      throw new IllegalArgumentException("Not JSON: " + fault);
    }
  }

  static @Nullable String faultIn(String text) {
    JsonSyntax syntax = new JsonSyntax(text);
    String fault = syntax.scan();
    return fault == null ? null : fault + " at character " + syntax.position;
  }

  private @Nullable String scan() {
    String fault = value();
    while (fault == null && depth > 0) {
      fault = afterValue();
    }
    if (fault != null) {
      return fault;
    }
    skipSpace();
    return position == text.length() ? null : "text after the end of the value";
  }

  /// Reads one value, or opens one array or object up to its first element.
  private @Nullable String value() {
    while (true) {
      skipSpace();
      int start = current();
      if (start != '{' && start != '[') {
        return scalar(start);
      }
      if (depth == objects.length) {
        return "nested deeper than " + objects.length;
      }
      position++;
      objects[depth++] = start == '{';
      skipSpace();
      if (current() == (start == '{' ? '}' : ']')) {
        position++;
        depth--;
        return null;
      }
      String fault = start == '{' ? key() : null;
      if (fault != null) {
        return fault;
      }
    }
  }

  /// After an element of the innermost array or object: the next element or the end.
  private @Nullable String afterValue() {
    skipSpace();
    boolean object = objects[depth - 1];
    int next = current();
    if (next == ',') {
      position++;
      String fault = object ? key() : null;
      return fault == null ? value() : fault;
    }
    if (next == (object ? '}' : ']')) {
      position++;
      depth--;
      return null;
    }
    return next < 0 ? "unexpected end" : "expected ',' or the end of the " + kind(object);
  }

  private static String kind(boolean object) {
    return object ? "object" : "array";
  }

  private @Nullable String key() {
    skipSpace();
    if (current() != '"') {
      return "expected a key in quotes";
    }
    String fault = string();
    if (fault != null) {
      return fault;
    }
    skipSpace();
    if (current() != ':') {
      return "expected ':'";
    }
    position++;
    return null;
  }

  private @Nullable String scalar(int start) {
    return switch (start) {
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      case -1 -> "unexpected end";
      default -> start == '-' || isDigit(start) ? number() : "expected a value";
    };
  }

  private @Nullable String word(String word) {
    if (!text.startsWith(word, position)) {
      return "expected a value";
    }
    position += word.length();
    return null;
  }

  private @Nullable String string() {
    position++;
    while (true) {
      int character = current();
      if (character < 0x20) {
        return character < 0 ? "unexpected end of a string" : "control character in a string";
      }
      position++;
      if (character == '"') {
        return null;
      }
      if (character == '\\' && !escape()) {
        return "bad escape in a string";
      }
    }
  }

  private boolean escape() {
    int character = current();
    position++;
    if (character != 'u') {
      return character >= 0 && "\"\\/bfnrt".indexOf(character) >= 0;
    }
    for (int i = 0; i < 4; i++, position++) {
      if (Character.digit(current(), 16) < 0 || current() > 'f') {
        return false;
      }
    }
    return true;
  }

  private @Nullable String number() {
    if (current() == '-') {
      position++;
    }
    boolean zero = current() == '0';
    int digits = digits();
    if (digits == 0 || (zero && digits > 1)) {
      return "bad number";
    }
    if (current() == '.') {
      position++;
      if (digits() == 0) {
        return "bad number";
      }
    }
    if (current() == 'e' || current() == 'E') {
      position++;
      if (current() == '+' || current() == '-') {
        position++;
      }
      return digits() == 0 ? "bad number" : null;
    }
    return null;
  }

  private int digits() {
    int start = position;
    while (isDigit(current())) {
      position++;
    }
    return position - start;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private void skipSpace() {
    while (" \t\n\r".indexOf(current()) >= 0) {
      position++;
    }
  }

  private int current() {
    return position < text.length() ? text.charAt(position) : -1;
  }
}
