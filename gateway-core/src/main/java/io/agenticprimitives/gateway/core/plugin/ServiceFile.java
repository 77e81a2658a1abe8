package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.api.Provider;
import java.util.ArrayList;
import java.util.List;

/// What a jar's service file says, by the rules of [java.util.ServiceLoader]. It is read apart from
/// the loader, which keeps no account of the entries that fail.
///
/// @param classNames the provider classes in their order
/// @param malformed lines that are no class name; with one of them the loader finds no class of the
///   file
record ServiceFile(List<String> classNames, List<String> malformed) {
  static final String NAME = "META-INF/services/" + Provider.class.getName();
  static final ServiceFile NONE = new ServiceFile(List.of(), List.of());

  ServiceFile {
    classNames = List.copyOf(classNames);
    malformed = List.copyOf(malformed);
  }

  static ServiceFile parse(String text) {
    List<String> classNames = new ArrayList<>();
    List<String> malformed = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int comment = line.indexOf('#');
      String entry = (comment < 0 ? line : line.substring(0, comment)).trim();
      if (isClassName(entry)) {
        classNames.add(entry);
      } else if (!entry.isEmpty()) {
        malformed.add(entry);
      }
    }
    return new ServiceFile(classNames.stream().distinct().toList(), malformed);
  }

  private static boolean isClassName(String entry) {
    return !entry.isEmpty()
        && Character.isJavaIdentifierStart(entry.codePointAt(0))
        && entry.codePoints().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.');
  }
}
