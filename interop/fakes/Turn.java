package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What the model says: words, or calls of tools.
///
/// @param calls empty if it only talks
record Turn(String text, List<ToolCall> calls) {
  private static final int PIECE = 6;

  record ToolCall(String name, JsonNode arguments) {}

  /// The words as the pieces of a stream.
  List<String> pieces() {
    return pieces(text);
  }

  static List<String> pieces(String text) {
    List<String> pieces = new java.util.ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(text.length(), start + PIECE);
      // A surrogate pair is one character.
      if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
        end++;
      }
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }
}
