package io.agenticprimitives.gateway.core.plugin;

/// How far apart two words are.
final class EditDistance {
  private EditDistance() {}

  /// How many characters must be put in, left out or changed to make one of the other.
  static int between(String from, String to) {
    int[] previous = new int[to.length() + 1];
    int[] current = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(changed, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] filled = current;
      current = previous;
      previous = filled;
    }
    return previous[to.length()];
  }
}
