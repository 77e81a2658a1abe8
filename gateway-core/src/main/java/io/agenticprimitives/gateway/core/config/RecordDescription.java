package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Describes the keys of a record, those of nested records included.
final class RecordDescription {
  private final List<KeyDescription> descriptions = new ArrayList<>();

  /// The records that are being described, so that one that holds itself is described once.
  private final Deque<Class<?>> open = new ArrayDeque<>();

  private RecordDescription() {}

  static List<KeyDescription> of(Class<?> type) {
    RecordDescription description = new RecordDescription();
    description.add(type, "");
    return List.copyOf(description.descriptions);
  }

  private void add(Class<?> type, String prefix) {
    if (open.contains(type)) {
      return;
    }
    open.push(type);
    for (RecordShape.Key key : RecordShape.of(type).keys()) {
      String name = prefix + key.name();
      Form form = form(key.type());
      descriptions.add(
          new KeyDescription(
              name,
              form.words(),
              key.defaultValue(),
              key.doc(),
              isRequired(key),
              form.leaf() == Secret.class));
      if (isBlock(form.leaf())) {
        add(form.leaf(), name + form.suffix() + ".");
      }
    }
    open.pop();
  }

  private static boolean isRequired(RecordShape.Key key) {
    List<Class<?>> optional = List.of(Optional.class, List.class, Map.class);
    return key.defaultValue().isEmpty() && !optional.contains(key.rawType());
  }

  private static boolean isBlock(Class<?> type) {
    return type.isRecord() && ScalarKind.of(type).isEmpty();
  }

  /// A type in words, the type that is left without lists, maps and optionals, and what stands
  /// after the key for one of its values.
  private record Form(String words, Class<?> leaf, String suffix) {}

  private static Form form(Type type) {
    if (type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> raw) {
      Type[] arguments = p.getActualTypeArguments();
      Form inner = form(arguments[arguments.length - 1]);
      if (raw == List.class) {
        return new Form("list of " + inner.words(), inner.leaf(), "[]" + inner.suffix());
      }
      return raw == Map.class
          ? new Form("map of " + inner.words(), inner.leaf(), ".<name>" + inner.suffix())
          : inner;
    }
    Class<?> leaf = type instanceof Class<?> c ? c : Object.class;
    return new Form(ScalarKind.of(leaf).map(ScalarKind::name).orElse("block"), leaf, "");
  }
}
