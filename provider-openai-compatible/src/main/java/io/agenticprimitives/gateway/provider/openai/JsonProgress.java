package io.agenticprimitives.gateway.provider.openai;

/// Follows a JSON text that comes in pieces, to tell whether it is complete. It keeps none of it
/// and does not check it: it counts brackets and knows strings.
final class JsonProgress {
  private boolean begun;
  private boolean inString;
  private boolean escaped;
  private int depth;

  void add(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char character = piece.charAt(i);
      if (inString) {
        boolean ends = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        inString = !ends;
      } else {
        take(character);
      }
    }
  }

  private void take(char character) {
    begun |= character > ' ';
    switch (character) {
      case '"' -> inString = true;
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      default -> {
        // Numbers, words and separators change nothing.
      }
    }
  }

  /// Whether a value has begun and every bracket and string of it is closed.
  boolean isComplete() {
    return begun && !inString && depth <= 0;
  }
}
