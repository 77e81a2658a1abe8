package io.agenticprimitives.gateway.provider.bedrock;

/// Text without a visible character, which Converse refuses in messages ("The text field in the
/// ContentBlock object is blank", "text content blocks must contain non-whitespace text"). It
/// counts no-break spaces as white space, and so does this.
final class Blanks {

  /// Stands where Converse wants text and the caller has none.
  static final String PLACEHOLDER = ".";

  private Blanks() {}

  static boolean isBlank(String text) {
    return text.codePoints().allMatch(Blanks::isSpace);
  }

  /// The text without white space at its end.
  static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }
}
