package io.agenticprimitives.gateway.provider.bedrock;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Gives the documents of one request names that Converse takes: 1 to 200 ASCII letters, digits,
/// single spaces, hyphens, parentheses and square brackets, each name once. Underscores are not in
/// the documented list, but the live service takes them (vercel/ai#20366). A name depends on the
/// documents before only, so a growing conversation keeps its names and with them the prompt cache.
final class DocumentNames {
  private static final int LONGEST = 200;
  private static final Pattern REFUSED = Pattern.compile("[^a-zA-Z0-9_ ()\\[\\]-]+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private final Reports reports;
  private final Set<String> taken = new HashSet<>();

  DocumentNames(Reports reports) {
    this.reports = reports;
  }

  /// The name for the next document.
  ///
  /// @param path of the name in the caller's request
  /// @param name the caller's name, possibly empty
  /// @param format of the document in Bedrock's words. The caller's name loses an extension that
  ///   says the same
  String next(String path, String name, String format) {
    String stem = withoutExtension(name, format);
    String wanted = sanitised(stem);
    String free = wanted;
    for (int count = 2; !taken.add(free); count++) {
      String suffix = " (" + count + ")";
      free = wanted.substring(0, Math.min(wanted.length(), LONGEST - suffix.length())) + suffix;
    }
    if (!name.isEmpty() && !free.equals(stem)) {
      reports.changed(
          path,
          "Bedrock takes no such document name, or takes it only once; it is sent as '%s'."
              .formatted(free));
    }
    return free;
  }

  private static String withoutExtension(String name, String format) {
    int dot = name.lastIndexOf('.');
    boolean same = MediaFormats.ofExtension(name).filter(format::equals).isPresent();
    return same ? name.substring(0, dot) : name;
  }

  private static String sanitised(String name) {
    String spaced = SPACES.matcher(name).replaceAll(" ");
    String clean = SPACES.matcher(REFUSED.matcher(spaced).replaceAll("-")).replaceAll(" ").strip();
    String bounded = clean.substring(0, Math.min(clean.length(), LONGEST)).strip();
    return bounded.isEmpty() ? "document" : bounded;
  }
}
