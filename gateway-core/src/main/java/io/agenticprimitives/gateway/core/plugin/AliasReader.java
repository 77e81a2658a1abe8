package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.api.Alias;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.stream.Stream;

/// Reads the [Alias] of a provider from its class file. The class is not loaded, so that the
/// aliases of a plugin that cannot be loaded are known too, and messages can name it.
final class AliasReader {
  private static final ClassDesc ALIAS = ClassDesc.of(Alias.class.getName());

  private AliasReader() {}

  /// The aliases in their order; none if there are none or the class file is damaged.
  static List<String> read(byte[] classFile) {
    try {
      return ClassFile.of()
          .parse(classFile)
          .findAttribute(Attributes.runtimeVisibleAnnotations())
          .stream()
          .flatMap(attribute -> attribute.annotations().stream())
          .filter(annotation -> annotation.classSymbol().equals(ALIAS))
          .flatMap(annotation -> annotation.elements().stream())
          .flatMap(AliasReader::texts)
          .distinct()
          .toList();
    } catch (RuntimeException damaged) {
      // The JDK's reader answers damaged files with all sorts of unchecked exceptions.
      return List.of();
    }
  }

  private static Stream<String> texts(AnnotationElement element) {
    return element.value() instanceof AnnotationValue.OfArray array
        ? array.values().stream()
            .filter(AnnotationValue.OfString.class::isInstance)
            .map(value -> ((AnnotationValue.OfString) value).stringValue())
        : Stream.empty();
  }
}
