package io.agenticprimitives.gateway.core.plugin;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A provider by its names, whether it can be used or not.
///
/// @param className the canonical name
/// @param aliases what its `@Alias` says
record DeclaredProvider(String className, List<String> aliases) {
  private static final String SUFFIX = "Provider";

  DeclaredProvider {
    aliases = List.copyOf(aliases);
  }

  /// The class name and the aliases.
  List<String> names() {
    return Stream.concat(Stream.of(className), aliases.stream()).distinct().toList();
  }

  /// The class name without package and `Provider`, in kebab-case: `open-ai-compatible` for
  /// `OpenAICompatibleProvider`.
  String shortName() {
    return words("-");
  }

  /// The second-last segment of the first alias with dots, as in
  /// `primitives.llm.openai_compatible.OpenAICompatibleProvider`; without such an alias the short
  /// name in snake_case.
  String typeName() {
    return aliases.stream()
        .map(alias -> alias.split("\\.", -1))
        .filter(segments -> segments.length > 1)
        .map(segments -> segments[segments.length - 2])
        .findFirst()
        .orElseGet(() -> words("_"));
  }

  /// Whether somebody who writes this name means this provider.
  boolean answersTo(String name) {
    return names().contains(name) || comparable(name).equals(comparable(shortName()));
  }

  /// A short name as it is compared: `openai-compatible`, `open-ai-compatible` and
  /// `openai_compatible` are the same, because nobody can know where the words of `OpenAI` end.
  static String comparable(String shortName) {
    return shortName.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private String words(String separator) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    simple = simple.substring(simple.lastIndexOf('$') + 1);
    if (simple.endsWith(SUFFIX) && simple.length() > SUFFIX.length()) {
      simple = simple.substring(0, simple.length() - SUFFIX.length());
    }
    return simple
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", separator)
        .toLowerCase(Locale.ROOT);
  }
}
