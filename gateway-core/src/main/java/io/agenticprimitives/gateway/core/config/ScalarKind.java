package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A type that a single value can be bound to.
///
/// @param name what `gateway plugins` calls it
/// @param expectation what messages call it
/// @param parse the value of a text; empty if it is none of this type
/// @param choices the words that may be written, if only some may
record ScalarKind(
    String name, String expectation, Function<Scalar, Optional<?>> parse, List<String> choices) {

  private static final ScalarKind BOOLEAN = kind("boolean", "true or false", ScalarKind::truth);

  private static final ScalarKind INTEGER =
      kind("integer", "a whole number of at most " + Integer.MAX_VALUE, Numbers::integer);

  private static final ScalarKind LONG = kind("integer", "a whole number", Numbers::whole);

  private static final ScalarKind DOUBLE = kind("number", "a number", Numbers::fraction);

  private static final Map<Class<?>, ScalarKind> KINDS =
      Map.ofEntries(
          Map.entry(String.class, kind("text", "a text", s -> Optional.of(s.text()))),
          Map.entry(Secret.class, kind("secret", "a text", s -> Optional.of(new Secret(s.text())))),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(int.class, INTEGER),
          Map.entry(Integer.class, INTEGER),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(URI.class, kind("URL", "a URL", s -> uri(s.text()))),
          Map.entry(Path.class, kind("path", "the path of a file", s -> path(s.text()))),
          Map.entry(
              Duration.class,
              kind(
                  "duration",
                  "a duration with its unit, such as 500ms, 5s, 2m or 1h",
                  s -> Durations.parse(s.text()))),
          Map.entry(
              DataSize.class,
              kind("size", "a size such as 512KB or 32MB", s -> DataSize.parse(s.text()))));

  private static ScalarKind kind(
      String name, String expectation, Function<Scalar, Optional<?>> parse) {
    return new ScalarKind(name, expectation, parse, List.of());
  }

  /// The kind for a type; empty if single values cannot be bound to it.
  static Optional<ScalarKind> of(Class<?> type) {
    return type.isEnum() ? Optional.of(ofEnum(type)) : Optional.ofNullable(KINDS.get(type));
  }

  private static ScalarKind ofEnum(Class<?> type) {
    List<?> constants = List.of(type.getEnumConstants());
    List<String> words = constants.stream().map(ScalarKind::word).toList();
    Function<Scalar, Optional<?>> parse =
        scalar -> constants.stream().filter(c -> word(c).equals(scalar.text())).findFirst();
    return new ScalarKind(
        String.join("|", words), "one of " + String.join(", ", words), parse, words);
  }

  /// How a constant of an enum is written.
  static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  /// Quotes do not matter, and neither does upper case: `"${TLS}"` is a boolean as well.
  private static Optional<Boolean> truth(Scalar scalar) {
    return switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> Optional.of(true);
      case "false", "no", "off", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
