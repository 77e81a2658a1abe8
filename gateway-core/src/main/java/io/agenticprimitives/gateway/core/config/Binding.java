package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Entry;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds one block to one record. An empty result always means that a problem was added.
final class Binding {
  private final Problems problems;
  private final RecordMaker maker = new RecordMaker();

  Binding(Problems problems) {
    this.problems = problems;
  }

  <C extends Record> Optional<C> bind(Mapping node, Class<C> type, String path) {
    int before = problems.count();
    Optional<C> bound = block(node, type, path).map(type::cast);
    return problems.count() == before ? bound : Optional.empty();
  }

  private Optional<Object> block(Mapping node, Class<?> type, String path) {
    try {
      RecordShape shape = RecordShape.of(type);
      refuseUnknownKeys(node, shape.names(), path, problems);
      List<Object> values = new ArrayList<>();
      for (RecordShape.Key key : shape.keys()) {
        keyed(node, key, ConfigPath.key(path, key.name())).ifPresent(values::add);
      }
      boolean complete = values.size() == shape.keys().size();
      return complete ? Optional.of(maker.make(type, shape, values)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      problems.add(node.position(), path, maker.masked(e.getMessage()));
    } catch (UnfitRecordException e) {
      String message = "a fault of the provider, not of this file: " + e.getMessage();
      problems.add(node.position(), path, message);
    }
    return Optional.empty();
  }

  static void refuseUnknownKeys(Mapping node, List<String> known, String path, Problems problems) {
    for (Map.Entry<String, Entry> entry : node.entries().entrySet()) {
      String key = entry.getKey();
      if (!known.contains(key)) {
        String message = "unknown key" + NearestName.hint(key, known);
        problems.add(
            entry.getValue().position(), ConfigPath.key(path, entry.getValue().written()), message);
      }
    }
  }

  private Optional<Object> keyed(Mapping node, RecordShape.Key key, String path) {
    Optional<ConfigNode> given = node.get(key.name()).filter(n -> !isAbsent(n, key.rawType()));
    if (given.isPresent()) {
      return value(given.get(), key.type(), path);
    }
    if (key.defaultValue().isPresent()) {
      return defaultValue(key, key.defaultValue().get(), path);
    }
    Class<?> type = key.rawType();
    if (type == Optional.class) {
      return Optional.of(Optional.empty());
    }
    if (type == List.class || type == Map.class) {
      return Optional.of(type == List.class ? List.of() : Map.of());
    }
    String doc = key.doc().isEmpty() ? "" : ": " + key.doc();
    problems.add(node.positionOf(key.name()), path, "this key is required" + doc);
    return Optional.empty();
  }

  /// Nothing, or an empty text where a text that may be empty is not wanted.
  private static boolean isAbsent(ConfigNode node, Class<?> type) {
    return node instanceof Scalar scalar
        && (scalar.isNull() || (scalar.text().isEmpty() && type != String.class));
  }

  private Optional<Object> defaultValue(RecordShape.Key key, String text, String path) {
    if (key.rawType() == String.class) {
      return Optional.of(text);
    }
    Problems faults = new Problems();
    String origin = "the default of " + key.component().getDeclaringRecord().getName();
    Optional<Object> value =
        YamlReader.read(Expansion.none(text), origin, faults)
            .flatMap(node -> new Binding(faults).value(node, key.type(), path));
    if (value.isEmpty()) {
      String reason = faults.list().getFirst().message();
      throw new UnfitRecordException("the default of " + key.name() + " is wrong: " + reason, null);
    }
    return value;
  }

  private Optional<Object> value(ConfigNode node, Type type, String path) {
    if (type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> raw) {
      Type[] arguments = p.getActualTypeArguments();
      if (raw == Optional.class) {
        return value(node, arguments[0], path).map(Optional::of);
      }
      if (raw == List.class) {
        return list(node, arguments[0], path);
      }
      if (raw == Map.class && arguments[0] == String.class) {
        return map(node, arguments[1], path);
      }
    }
    if (type == Mapping.class) {
      return mapping(node, path).map(m -> m);
    }
    if (type instanceof Class<?> c) {
      Optional<ScalarKind> kind = ScalarKind.of(c);
      if (kind.isPresent()) {
        return scalar(node, kind.get(), path);
      }
      if (c.isRecord()) {
        return mapping(node, path).flatMap(m -> block(m, c, path));
      }
    }
    throw new UnfitRecordException("no value can be bound to the type " + type, null);
  }

  private Optional<Object> list(ConfigNode node, Type itemType, String path) {
    if (!(node instanceof Sequence sequence)) {
      return refused(node.position(), path, "a list such as [a, b]", node);
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      value(sequence.items().get(i), itemType, ConfigPath.item(path, i)).ifPresent(items::add);
    }
    boolean complete = items.size() == sequence.items().size();
    return complete ? Optional.of(List.copyOf(items)) : Optional.empty();
  }

  private Optional<Object> map(ConfigNode node, Type valueType, String path) {
    Optional<Mapping> mapping = mapping(node, path);
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .get()
        .entries()
        .forEach(
            (key, entry) ->
                value(entry.value(), valueType, ConfigPath.key(path, entry.written()))
                    .ifPresent(value -> values.put(key, value)));
    boolean complete = values.size() == mapping.get().entries().size();
    return complete ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
  }

  private Optional<Mapping> mapping(ConfigNode node, String path) {
    if (node instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    if (node instanceof Scalar scalar && scalar.isNull()) {
      return Optional.of(Mapping.empty(scalar.position()));
    }
    refused(node.position(), path, "a block of keys", node);
    return Optional.empty();
  }

  private Optional<Object> scalar(ConfigNode node, ScalarKind kind, String path) {
    if (!(node instanceof Scalar scalar) || scalar.isNull()) {
      return refused(node.position(), path, kind.expectation(), node);
    }
    if (!scalar.unsetVariables().isEmpty()) {
      scalar.unsetVariables().stream()
          .distinct()
          .forEach(name -> problems.addUnset(scalar.position(), path, name));
      return Optional.empty();
    }
    Optional<Object> value = kind.parse().apply(scalar).map(v -> v);
    if (value.isEmpty()) {
      String hint =
          scalar.isExpanded()
              ? ""
              : NearestName.to(scalar.text(), kind.choices())
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("");
      problems.add(
          scalar.position(),
          path,
          "expected %s, found %s%s".formatted(kind.expectation(), Wording.found(node), hint));
    }
    value.ifPresent(maker::remember);
    return value;
  }

  private Optional<Object> refused(
      Position position, String path, String expectation, ConfigNode node) {
    problems.add(position, path, "expected " + expectation + ", found " + Wording.found(node));
    return Optional.empty();
  }
}
