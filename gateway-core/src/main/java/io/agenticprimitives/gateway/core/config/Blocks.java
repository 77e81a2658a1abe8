package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.util.Optional;

/// Gives the blocks at the top of a configuration; one that is absent or has no value is empty.
final class Blocks {
  private final Mapping root;
  private final Problems problems;

  Blocks(Mapping root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  Mapping root() {
    return root;
  }

  /// A block; empty if there is something else in its place, which is then a problem.
  Optional<Mapping> block(String key) {
    Optional<ConfigNode> node = root.get(key).filter(n -> !isNull(n));
    if (node.isEmpty()) {
      return Optional.of(Mapping.empty(root.positionOf(key)));
    }
    if (node.get() instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    String message = "expected a block of keys, found " + Wording.found(node.get());
    problems.add(root.positionOf(key), key, message);
    return Optional.empty();
  }

  /// A block bound to a record; empty if there are problems.
  <C extends Record> Optional<C> bind(String key, Class<C> type) {
    return block(key).flatMap(mapping -> RecordBinder.bind(mapping, type, key, problems));
  }

  static boolean isNull(ConfigNode node) {
    return node instanceof Scalar scalar && scalar.isNull();
  }
}
