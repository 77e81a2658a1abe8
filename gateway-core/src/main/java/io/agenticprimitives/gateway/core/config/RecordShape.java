package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The keys that a configuration record takes.
///
/// @param keys one for each component, in order
record RecordShape(List<Key> keys) {

  /// A key.
  ///
  /// @param name in `snake_case`
  /// @param type the type of the component, with its type arguments
  /// @param rawType the same without
  /// @param defaultValue the value if the key is absent, as in YAML
  /// @param doc a sentence for operators; may be empty
  /// @param component the component itself
  record Key(
      String name,
      Type type,
      Class<?> rawType,
      Optional<String> defaultValue,
      String doc,
      RecordComponent component) {}

  /// Reads the shape of a record.
  ///
  /// @throws UnfitRecordException if the class cannot be looked at because a class that it needs is
  ///   missing
  static RecordShape of(Class<?> type) {
    try {
      return new RecordShape(
          Arrays.stream(type.getRecordComponents()).map(RecordShape::key).toList());
    } catch (LinkageError | TypeNotPresentException e) {
      throw new UnfitRecordException(type.getName() + " cannot be loaded: " + e, e);
    }
  }

  private static Key key(RecordComponent component) {
    Default defaultValue = component.getAnnotation(Default.class);
    Doc doc = component.getAnnotation(Doc.class);
    return new Key(
        NearestName.snakeCase(component.getName()),
        component.getGenericType(),
        component.getType(),
        Optional.ofNullable(defaultValue).map(Default::value),
        doc == null ? "" : doc.value(),
        component);
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  Class<?>[] rawTypes() {
    return keys.stream().map(Key::rawType).toArray(Class<?>[]::new);
  }
}
