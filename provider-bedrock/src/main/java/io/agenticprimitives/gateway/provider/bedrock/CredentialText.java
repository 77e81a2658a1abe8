package io.agenticprimitives.gateway.provider.bedrock;

/// What the texts of credentials may consist of: they become parts of headers.
final class CredentialText {
  private CredentialText() {}

  /// Whether a text is not empty and has nothing but visible ASCII characters.
  static boolean isUsable(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
