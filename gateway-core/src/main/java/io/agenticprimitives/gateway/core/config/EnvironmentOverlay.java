package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Fills keys that the file lacks from environment variables: `AGENTIC_PRIMITIVES_GATEWAY_PORT` is
/// `port`, `AGENTIC_PRIMITIVES_GATEWAY_SERVER__PORT` is `server.port`. The file wins. A value that
/// begins with `{` or `[` is read as YAML (of which JSON is a part), any other is one value.
final class EnvironmentOverlay {
  private static final String PREFIX = "AGENTIC_PRIMITIVES_GATEWAY_";

  /// Kubernetes sets such variables for a service that is called like the gateway; no operator
  /// wrote them.
  private static final Pattern SERVICE_LINK =
      Pattern.compile("SERVICE_HOST|SERVICE_PORT.*|PORT_[0-9]+_.*");

  private static final int DEEPEST = 16;

  private static final String SERVICE_LINK_VALUE = "tcp://";

  private EnvironmentOverlay() {}

  static Mapping fill(Mapping file, Map<String, String> environment, Problems problems) {
    Mapping filled = file;
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(PREFIX) && !name.equals(ConfigLocation.VARIABLE)) {
        String rest = name.substring(PREFIX.length());
        if (!isServiceLink(rest, variable.getValue())) {
          filled = fill(filled, file, rest, name, variable.getValue(), problems);
        }
      }
    }
    return filled;
  }

  private static boolean isServiceLink(String rest, String value) {
    return SERVICE_LINK.matcher(rest).matches()
        || (rest.equals("PORT") && value.startsWith(SERVICE_LINK_VALUE));
  }

  private static Mapping fill(
      Mapping filled, Mapping file, String rest, String name, String value, Problems problems) {
    Position position = new Position("environment variable " + name, 0);
    List<String> keys = List.of(rest.toLowerCase(Locale.ROOT).split("__"));
    String first = keys.isEmpty() ? "" : keys.getFirst();
    if (!GatewayConfigReader.KEYS.contains(first) || keys.size() > DEEPEST) {
      String message = "unknown key; ignored" + NearestName.hint(first, GatewayConfigReader.KEYS);
      problems.warn(position, first, message);
      return filled;
    }
    boolean decidedAtTop =
        first.equals("server") && keys.size() == 2 && file.get(keys.getLast()).isPresent();
    if (decidedAtTop) {
      return filled;
    }
    return node(value, position, problems).map(node -> put(filled, keys, node)).orElse(filled);
  }

  private static Optional<ConfigNode> node(String value, Position position, Problems problems) {
    if (!value.startsWith("{") && !value.startsWith("[")) {
      ScalarType type = ScalarType.ofPlain(value.strip());
      return Optional.of(
          new Scalar(value.strip(), position.file(), type, true, List.of(), position));
    }
    return YamlReader.isClean(value, position.file(), problems)
        ? YamlReader.read(Expansion.none(value), position.file(), problems)
        : Optional.empty();
  }

  private static Mapping put(Mapping mapping, List<String> keys, ConfigNode node) {
    String key = keys.getFirst();
    Optional<ConfigNode> present = mapping.get(key);
    ConfigNode value;
    if (keys.size() == 1) {
      value = present.map(p -> merged(p, node)).orElse(node);
    } else {
      ConfigNode below = present.orElse(Mapping.empty(node.position()));
      value = below instanceof Mapping m ? put(m, keys.subList(1, keys.size()), node) : below;
    }
    return with(mapping, key, value);
  }

  private static ConfigNode merged(ConfigNode present, ConfigNode node) {
    if (present instanceof Mapping into && node instanceof Mapping from) {
      Mapping merged = into;
      for (Map.Entry<String, Entry> entry : from.entries().entrySet()) {
        merged = put(merged, List.of(entry.getKey()), entry.getValue().value());
      }
      return merged;
    }
    return present;
  }

  private static Mapping with(Mapping mapping, String key, ConfigNode value) {
    Map<String, Entry> entries = new LinkedHashMap<>(mapping.entries());
    Entry present = entries.get(key);
    Position position = present == null ? value.position() : present.position();
    entries.put(key, new Entry(value, key, position));
    return new Mapping(entries, mapping.position());
  }
}
