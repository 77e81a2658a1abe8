package io.agenticprimitives.gateway.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody meant who mistyped a name.
final class NearestName {
  /// Nobody mistypes a longer name; comparing takes time by the square of it.
  private static final int LONGEST = 100;

  private NearestName() {}

  /// The end of a message about an unknown name: `; did you mean base_url?`, or the known names.
  static String hint(String name, Collection<String> known) {
    return to(name, known)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse(known.isEmpty() ? "" : "; known: " + String.join(", ", known));
  }

  /// The known name that is nearest, if one is near.
  static Optional<String> to(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = snakeCase(name.replace('-', '_'));
    int limit = Math.min(wanted.length() / 3, 3);
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - wanted.length()) <= limit)
        .filter(candidate -> distance(wanted, normal(candidate)) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(wanted, normal(candidate))))
        .or(() -> part(wanted, known));
  }

  private static String normal(String name) {
    return name.replace('-', '_').toLowerCase(Locale.ROOT);
  }

  /// `url` for `base_url`: the only known name that has it as its first or last word.
  private static Optional<String> part(String wanted, Collection<String> known) {
    var matches =
        known.stream().filter(k -> k.endsWith("_" + wanted) || k.startsWith(wanted + "_")).toList();
    return matches.size() == 1 ? Optional.of(matches.getFirst()) : Optional.empty();
  }

  /// `baseUrl` becomes `base_url`.
  static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
        .toLowerCase(Locale.ROOT);
  }

  /// How many characters must be put in, left out, changed or swapped with their neighbour.
  private static int distance(String from, String to) {
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, from, to, i, j);
      }
    }
    return steps[from.length()][to.length()];
  }

  private static int step(int[][] steps, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int least = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
    least = Math.min(least, steps[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
