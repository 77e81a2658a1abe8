package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The classes of all jars of a plugin.
record PluginClasses(List<JarContent> jars) {
  /// What the gateway lends to every plugin.
  private static final List<String> SHARED =
      List.of("io.agenticprimitives.gateway.api.", "org.slf4j.");

  private static final int FIRST_CLASS_FILE_VERSION = 44;

  PluginClasses {
    jars = List.copyOf(jars);
  }

  /// Those that the gateway provides: one of each jar.
  List<String> shared() {
    List<String> found = new ArrayList<>();
    for (JarContent jar : jars) {
      jar.classesByName().keySet().stream()
          .filter(PluginClasses::isShared)
          .findFirst()
          .ifPresent(name -> found.add(name + " in " + jar.name()));
    }
    return found;
  }

  /// Those that were compiled for a newer release of Java than this.
  List<String> newerThan(int release) {
    List<String> found = new ArrayList<>();
    for (JarContent jar : jars) {
      jar.classes()
          .forEach(
              (path, bytes) -> {
                int version = (bytes[6] & 0xff) << 8 | (bytes[7] & 0xff);
                if (version > FIRST_CLASS_FILE_VERSION + release) {
                  found.add(path + " in " + jar.name());
                }
              });
    }
    return found;
  }

  /// Those that more than one jar has, with the jars.
  Map<String, List<String>> inSeveralJars() {
    Map<String, List<String>> owners = new TreeMap<>();
    for (JarContent jar : jars) {
      for (String name : jar.classesByName().keySet()) {
        owners.computeIfAbsent(name, _ -> new ArrayList<>()).add(jar.name());
      }
    }
    owners.values().removeIf(list -> list.size() == 1);
    return owners;
  }

  /// The classes that are nowhere, each with one that needs it.
  Map<String, String> missing(Predicate<String> isOptional) {
    Set<String> present =
        jars.stream()
            .flatMap(jar -> jar.classesByName().keySet().stream())
            .collect(Collectors.toSet());
    Map<String, String> missing = new TreeMap<>();
    for (JarContent jar : jars) {
      jar.classesByName()
          .forEach(
              (name, bytes) -> {
                if (isOwnCode(name)) {
                  ClassReferences.of(bytes).stream()
                      .filter(needed -> !present.contains(needed) && !isProvided(needed))
                      .filter(needed -> !isOptional.test(needed))
                      .forEach(needed -> missing.putIfAbsent(needed, name));
                }
              });
    }
    return missing;
  }

  /// The providers' packages and what is below them: libraries have many references to what need
  /// not be there.
  private boolean isOwnCode(String className) {
    return jars.stream()
        .flatMap(jar -> jar.providers().stream())
        .map(provider -> provider.substring(0, provider.lastIndexOf('.') + 1))
        .anyMatch(className::startsWith);
  }

  private static boolean isProvided(String className) {
    ClassLoader loader =
        isShared(className) ? Plugins.class.getClassLoader() : ClassLoader.getPlatformClassLoader();
    try {
      Class.forName(className, false, loader);
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  private static boolean isShared(String className) {
    return SHARED.stream().anyMatch(className::startsWith);
  }
}
