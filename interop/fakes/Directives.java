package interop.fakes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a suite tells the fake inside the words of its user, as `[name:value]`:
///
/// - `[tag:...]` names the call for the control port
/// - `[do:...]` asks for a fault or for a way to stream, see [Faults] and [Streaming]
/// - `[size:N]` of a crowd
///
/// @param words the rest
record Directives(Map<String, String> values, String words) {
  private static final Pattern DIRECTIVE = Pattern.compile("\\[(tag|do|size):([\\w.-]+)]");

  static Directives in(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher directives = DIRECTIVE.matcher(text);
    while (directives.find()) {
      values.put(directives.group(1), directives.group(2));
    }
    return new Directives(values, directives.replaceAll("").strip());
  }

  String what() {
    return values.getOrDefault("do", "");
  }

  String tag() {
    return values.getOrDefault("tag", "");
  }

  int size() {
    return Integer.parseInt(values.getOrDefault("size", "1"));
  }
}
