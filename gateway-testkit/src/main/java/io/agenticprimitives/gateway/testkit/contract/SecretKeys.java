package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.core.config.ConfigNode;
import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import io.agenticprimitives.gateway.core.config.KeyDescription;
import io.agenticprimitives.gateway.core.config.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which keys of a configuration hold secrets, or look as if they did.
final class SecretKeys {
  /// No text is searched for anything shorter: it could be there by accident.
  private static final int SHORTEST = 6;

  private static final Set<String> WORDS =
      Set.of(
          "key",
          "keys",
          "apikey",
          "token",
          "tokens",
          "secret",
          "secrets",
          "password",
          "passwords",
          "passphrase",
          "credential",
          "credentials");

  private static final Position NOWHERE = new Position("example", 0);

  private SecretKeys() {}

  /// Those whose names say that they are secret, but whose values are plain text.
  static List<String> unprotected(List<KeyDescription> keys) {
    return keys.stream()
        .filter(key -> !key.secret() && key.type().matches("(list of |map of )*text"))
        .map(KeyDescription::key)
        .filter(SecretKeys::looksSecret)
        .toList();
  }

  private static boolean looksSecret(String key) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    return List.of(last.split("_")).stream().anyMatch(WORDS::contains);
  }

  /// The values of secret keys in a block, as they were written.
  static List<String> valuesIn(Mapping block, List<KeyDescription> keys) {
    List<String> values = new ArrayList<>();
    for (KeyDescription key : keys) {
      if (key.secret()) {
        collect(block, List.of(key.key().replace("[]", ".<item>").split("\\.")), values);
      }
    }
    return values.stream().filter(value -> value.length() >= SHORTEST).toList();
  }

  private static void collect(ConfigNode node, List<String> path, List<String> values) {
    switch (node) {
      case Scalar scalar when path.isEmpty() -> values.add(scalar.text());
      case Scalar _ -> {}
      case Sequence list -> list.items().forEach(item -> collect(item, rest(path), values));
      case Mapping block when path.isEmpty() || path.getFirst().startsWith("<") ->
          block.entries().values().forEach(e -> collect(e.value(), rest(path), values));
      case Mapping block ->
          block.get(path.getFirst()).ifPresent(child -> collect(child, rest(path), values));
    }
  }

  private static List<String> rest(List<String> path) {
    return path.isEmpty() ? path : path.subList(1, path.size());
  }

  /// The same block with another value for a secret key of its own.
  static Mapping with(Mapping block, KeyDescription key, String value) {
    Scalar scalar = new Scalar(value, value, ScalarType.STRING, false, List.of(), NOWHERE);
    ConfigNode node =
        switch (key.type().split(" ", 2)[0]) {
          case "list" -> new Sequence(List.of(scalar), NOWHERE);
          case "map" ->
              new Mapping(Map.of("X-Name", new Entry(scalar, "X-Name", NOWHERE)), NOWHERE);
          default -> scalar;
        };
    Map<String, Entry> entries = new LinkedHashMap<>(block.entries());
    entries.put(key.key(), new Entry(node, key.key(), NOWHERE));
    return new Mapping(entries, NOWHERE);
  }
}
