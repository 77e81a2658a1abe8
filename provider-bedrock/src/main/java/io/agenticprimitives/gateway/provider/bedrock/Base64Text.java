package io.agenticprimitives.gateway.provider.bedrock;

/// Base64 in the one spelling that Bedrock takes: the standard alphabet, padded, without white
/// space (RFC 4648 section 4). Callers write others too.
final class Base64Text {

  private Base64Text() {}

  /// The same bytes in the standard spelling; the very text if it is that already.
  ///
  /// @param path where the text stands in the caller's request
  static String standard(String text, String path) {
    if (isStandard(text)) {
      return text;
    }
    StringBuilder standard = new StringBuilder(text.length() + 3);
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character > ' ' && character != '=') {
        standard.append(character == '-' ? '+' : character == '_' ? '/' : character);
      }
    }
    while (standard.length() % 4 != 0) {
      standard.append('=');
    }
    if (!isStandard(standard)) {
      throw Reports.invalid(path, "This is not base64.");
    }
    return standard.toString();
  }

  private static boolean isStandard(CharSequence text) {
    int length = text.length();
    if (length == 0 || length % 4 != 0) {
      return false;
    }
    int padding = text.charAt(length - 1) != '=' ? 0 : text.charAt(length - 2) != '=' ? 1 : 2;
    for (int i = 0; i < length - padding; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '+'
        || character == '/';
  }
}
