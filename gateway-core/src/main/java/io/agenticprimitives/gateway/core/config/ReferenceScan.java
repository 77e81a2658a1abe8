package io.agenticprimitives.gateway.core.config;

/// Finds the ends of references in a text, in linear time for the whole text: positions may only be
/// asked for from left to right.
///
/// A reference that begins in a comment must end on its line. A `${` in a remark would otherwise
/// reach to the next `}` anywhere in the file and take what stands between for its own.
final class ReferenceScan {
  private final String text;
  private int closing = -1;
  private int lineEnd = -1;
  private int scanned;
  private boolean comment;

  ReferenceScan(String text) {
    this.text = text;
  }

  /// The position of the `}` that ends the reference which begins at a position; -1 if none does.
  int closingBrace(int reference) {
    if (closing < reference && closing != text.length()) {
      closing = next('}', reference);
    }
    if (closing == text.length()) {
      return -1;
    }
    return isComment(reference) && closing > lineEnd(reference) ? -1 : closing;
  }

  private int lineEnd(int from) {
    if (lineEnd < from) {
      lineEnd = next('\n', from);
    }
    return lineEnd;
  }

  private int next(char wanted, int from) {
    int found = text.indexOf(wanted, from);
    return found < 0 ? text.length() : found;
  }

  /// Whether a `#` that can begin a comment stands before a position on its line. In quotes or a
  /// block of text it is none; what is lost there is a reference over several lines.
  private boolean isComment(int position) {
    for (; scanned < position; scanned++) {
      char character = text.charAt(scanned);
      if (character == '\n') {
        comment = false;
      } else if (character == '#' && (scanned == 0 || isSpace(text.charAt(scanned - 1)))) {
        comment = true;
      }
    }
    return comment;
  }

  private static boolean isSpace(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }
}
