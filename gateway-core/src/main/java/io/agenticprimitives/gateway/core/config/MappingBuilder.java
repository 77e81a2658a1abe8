package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the keys of one mapping: refuses what is given twice, and takes over what `<<` names.
final class MappingBuilder {
  private static final String MERGE = "<<";

  private final Map<String, Entry> own = new LinkedHashMap<>();
  private final Map<String, Entry> merged = new LinkedHashMap<>();
  private final Position position;
  private final String path;
  private final Problems problems;

  MappingBuilder(Position position, String path, Problems problems) {
    this.position = position;
    this.path = path;
    this.problems = problems;
  }

  void add(ConfigNode key, Position keyPosition, ConfigNode value, String valuePath) {
    if (!(key instanceof Scalar scalar)) {
      problems.add(keyPosition, path, "a key must be a single value, not " + Wording.found(key));
    } else if (scalar.text().isEmpty()) {
      problems.add(keyPosition, path, "a key is empty");
    } else if (!scalar.unsetVariables().isEmpty()) {
      problems.addUnset(keyPosition, path, scalar.unsetVariables().getFirst());
    } else if (scalar.plain() && scalar.text().equals(MERGE)) {
      merge(value, keyPosition);
    } else {
      Entry first = own.putIfAbsent(scalar.text(), new Entry(value, scalar.written(), keyPosition));
      if (first != null) {
        String message = "this key is given twice; the first is at %s".formatted(first.position());
        problems.add(keyPosition, valuePath, message);
      }
    }
  }

  /// The first of several mappings wins, and what the mapping says itself wins over all of them.
  private void merge(ConfigNode value, Position keyPosition) {
    List<ConfigNode> sources = value instanceof Sequence s ? s.items() : List.of(value);
    for (ConfigNode source : sources) {
      if (source instanceof Mapping mapping) {
        mapping.entries().forEach(merged::putIfAbsent);
      } else {
        problems.add(keyPosition, path, "<< takes a mapping, not " + Wording.found(source));
      }
    }
  }

  Mapping build() {
    merged.forEach(own::putIfAbsent);
    return new Mapping(own, position);
  }
}
