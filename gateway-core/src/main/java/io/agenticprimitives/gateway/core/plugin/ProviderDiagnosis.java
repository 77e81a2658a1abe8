package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.api.Provider;
import java.lang.reflect.Modifier;
import java.util.Optional;

/// Finds out why a class that a service file names cannot be a provider. No code of the class runs.
final class ProviderDiagnosis {
  private final ClassLoader loader;
  private final PluginJars jars;

  ProviderDiagnosis(ClassLoader loader, PluginJars jars) {
    this.loader = loader;
    this.jars = jars;
  }

  /// What is wrong and what to do, if anything is wrong.
  Optional<String> of(String className) {
    try {
      return ofType(Class.forName(className, false, loader));
    } catch (ClassNotFoundException absent) {
      return Optional.of(absence(className, absent));
    } catch (LinkageError | SecurityException failure) {
      return Optional.of(
          "Its provider %s cannot be loaded: %s".formatted(className, FailureText.of(failure)));
    }
  }

  private String absence(String className, ClassNotFoundException absent) {
    if (absent.getCause() != null) {
      return "Its provider %s cannot be read (%s). Install the plugin again."
          .formatted(className, absent.getCause());
    }
    return """
    %s names the provider %s, but none of its jars (%s) has that class. Add the class, or \
    correct the file.\
    """
        .formatted(ServiceFile.NAME, className, jars.names());
  }

  private Optional<String> ofType(Class<?> type) {
    String name = type.getName();
    if (!loader.equals(type.getClassLoader())) {
      return Optional.of(
          "%s names %s, which is not a class of the plugin. Correct the file."
              .formatted(ServiceFile.NAME, name));
    }
    if (!Provider.class.isAssignableFrom(type)) {
      return Optional.of(
          "%s names %s, which does not implement %s. Implement LlmProvider, or correct the file."
              .formatted(ServiceFile.NAME, name, Provider.class.getName()));
    }
    if (ProviderKind.of(type).isEmpty()) {
      return Optional.of(
          "Its provider %s is of no kind that this gateway uses. Implement LlmProvider."
              .formatted(name));
    }
    return ofConstruction(type);
  }

  private static Optional<String> ofConstruction(Class<?> type) {
    if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
      return Optional.of(
          """
          Its provider %s is not public, or abstract. Make it a public class that can be \
          constructed.\
          """
              .formatted(type.getName()));
    }
    try {
      var _ = type.getConstructor();
      return Optional.empty();
    } catch (NoSuchMethodException absent) {
      return Optional.of(
          """
          Its provider %s has no public constructor without arguments. Add one, and a \
          'static' if the class is nested in another.\
          """
              .formatted(type.getName()));
    }
  }
}
