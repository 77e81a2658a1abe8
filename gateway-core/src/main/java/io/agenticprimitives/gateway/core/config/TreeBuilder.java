package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds values that stand in no file.
final class TreeBuilder {
  private static final Position NOWHERE = new Position("", 0);

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /// A text, whatever it looks like.
  static Scalar text(String text) {
    return new Scalar(text, text, ScalarType.STRING, false, List.of(), NOWHERE);
  }

  /// A number, a boolean or a word.
  static Scalar plain(Object value) {
    String text = value.toString();
    return new Scalar(text, text, ScalarType.ofPlain(text), true, List.of(), NOWHERE);
  }

  static Sequence list(List<? extends ConfigNode> items) {
    return new Sequence(List.copyOf(items), NOWHERE);
  }

  static Sequence texts(List<String> texts) {
    return list(texts.stream().map(TreeBuilder::text).toList());
  }

  TreeBuilder put(String key, ConfigNode value) {
    entries.put(key, new Entry(value, key, NOWHERE));
    return this;
  }

  Mapping mapping() {
    return new Mapping(entries, NOWHERE);
  }
}
