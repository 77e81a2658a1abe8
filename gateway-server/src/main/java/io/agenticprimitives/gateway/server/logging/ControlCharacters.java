package io.agenticprimitives.gateway.server.logging;

/// Keeps text that came from outside from looking like lines of the log, or from moving a
/// terminal's cursor.
final class ControlCharacters {
  private ControlCharacters() {}

  /// The text with all control characters and line separators escaped, `\u001b` for instance.
  static String escape(String text) {
    if (text.chars().noneMatch(ControlCharacters::isHarmful)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            character -> {
              if (isHarmful(character)) {
                escaped.append("\\u%04x".formatted(character));
              } else {
                escaped.append((char) character);
              }
            });
    return escaped.toString();
  }

  private static boolean isHarmful(int character) {
    return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
  }
}
