package io.agenticprimitives.gateway.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A value of the configuration with the place where it was written. Immutable. No `toString` shows
/// the text of a value, for any of them may be a secret.
public sealed interface ConfigNode {

  /// Where the value was written.
  Position position();

  /// Whether this says the same as another value, wherever and in whatever order of keys it was
  /// written.
  default boolean saysTheSameAs(ConfigNode other) {
    return switch (this) {
      case Mapping(Map<String, Entry> mine, _) ->
          other instanceof Mapping(Map<String, Entry> theirs, _)
              && mine.keySet().equals(theirs.keySet())
              && mine.entrySet().stream()
                  .allMatch(
                      entry ->
                          entry
                              .getValue()
                              .value()
                              .saysTheSameAs(
                                  Objects.requireNonNull(theirs.get(entry.getKey())).value()));
      case Sequence(List<ConfigNode> mine, _) ->
          other instanceof Sequence(List<ConfigNode> theirs, _)
              && mine.size() == theirs.size()
              && IntStream.range(0, mine.size())
                  .allMatch(i -> mine.get(i).saysTheSameAs(theirs.get(i)));
      case Scalar mine ->
          other instanceof Scalar theirs
              && mine.text().equals(theirs.text())
              && mine.type() == theirs.type()
              && mine.plain() == theirs.plain()
              && mine.unsetVariables().equals(theirs.unsetVariables());
    };
  }

  /// A place in a file.
  ///
  /// @param file the file as the operator named it, or another origin in words
  /// @param line counted from 1; 0 if the origin has no lines
  record Position(String file, int line) {

    /// `gateway.yaml:12`.
    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line;
    }
  }

  /// A value of a mapping.
  ///
  /// @param value the value
  /// @param written the key before expansion of the references in it, for messages
  /// @param position the place of the key
  record Entry(ConfigNode value, String written, Position position) {}

  /// Keys with values, in the order of the file.
  record Mapping(Map<String, Entry> entries, Position position) implements ConfigNode {

    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /// A mapping without keys.
    public static Mapping empty(Position position) {
      return new Mapping(Map.of(), position);
    }

    /// The value of a key.
    public Optional<ConfigNode> get(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /// The place of a key, or of the mapping if it has no such key.
    public Position positionOf(String key) {
      Entry entry = entries.get(key);
      return entry == null ? position : entry.position();
    }

    /// The keys.
    public Set<String> keys() {
      return entries.keySet();
    }

    @Override
    public String toString() {
      return "mapping at " + position;
    }
  }

  /// A list.
  record Sequence(List<ConfigNode> items, Position position) implements ConfigNode {

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return "list at " + position;
    }
  }

  /// A single value.
  ///
  /// @param text the text after expansion of the references in it, without quotes
  /// @param written the same before expansion; equal to `text` if nothing was put in
  /// @param type what the text is by the rules of YAML 1.1; always a string if it was quoted
  /// @param plain whether it stood without quotes
  /// @param unsetVariables names of environment variables that the value refers to and that are not
  ///   set; the references stay in the text
  record Scalar(
      String text,
      String written,
      ScalarType type,
      boolean plain,
      List<String> unsetVariables,
      Position position)
      implements ConfigNode {

    public Scalar {
      unsetVariables = List.copyOf(unsetVariables);
    }

    /// Whether there is no value: nothing, `~` or `null`, without quotes.
    public boolean isNull() {
      return type == ScalarType.NULL;
    }

    /// Whether the value of a variable or a file was put in; such a text is not shown to anyone.
    public boolean isExpanded() {
      return !text.equals(written);
    }

    @Override
    public String toString() {
      return "value at " + position;
    }
  }
}
