package io.agenticprimitives.gateway.core.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The jars of one plugin in the order in which classes are looked for.
///
/// @param jars those that can be read
/// @param unreadable a sentence on each that cannot
record PluginJars(List<PluginJar> jars, List<String> unreadable) {
  static final PluginJars NONE = new PluginJars(List.of(), List.of());

  PluginJars {
    jars = List.copyOf(jars);
    unreadable = List.copyOf(unreadable);
  }

  /// Copies the jars and looks into them.
  static PluginJars copy(PluginSource source, RunDirectory run) {
    List<PluginJar> jars = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Path jar : source.jars()) {
      String name = String.valueOf(jar.getFileName());
      try {
        jars.add(PluginJar.inspect(name, run.copy(jar)));
      } catch (IOException | RuntimeException failure) {
        // The JDK's jar reader answers some damaged files with unchecked exceptions.
        unreadable.add(
            "Its jar " + name + " cannot be read (" + failure + "). Install the file again.");
      }
    }
    return new PluginJars(jars, unreadable);
  }

  /// The providers that the service files name, with the aliases that their classes have.
  List<DeclaredProvider> declaredProviders() {
    return jars.stream()
        .flatMap(jar -> jar.serviceFile().classNames().stream())
        .distinct()
        .map(this::declaredProvider)
        .toList();
  }

  private DeclaredProvider declaredProvider(String className) {
    List<String> aliases = classFile(className).map(AliasReader::read).orElse(List.of());
    return new DeclaredProvider(className, aliases);
  }

  /// The bytes of a class from the first jar that has it.
  Optional<byte[]> classFile(String className) {
    for (PluginJar jar : jars) {
      try {
        Optional<byte[]> found = jar.classFile(className);
        if (found.isPresent()) {
          return found;
        }
      } catch (IOException | RuntimeException damaged) {
        // Whoever loads the class is told.
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /// The manifest's version of the plugin; that of its main jar if libraries have versions as well.
  String version() {
    return jars.stream()
        .filter(jar -> jar.apiVersion().isPresent())
        .flatMap(jar -> jar.implementationVersion().stream())
        .findFirst()
        .orElse("unknown");
  }

  /// The names of the jars, for messages.
  String names() {
    return String.join(", ", jars.stream().map(PluginJar::name).toList());
  }
}
