package io.agenticprimitives.gateway.core.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens plugins one by one. Whatever is wrong with a plugin becomes a fault of that plugin. Used
/// by one thread.
final class PluginOpener {
  private static final Logger log = LoggerFactory.getLogger(PluginOpener.class);

  private final RunDirectory run;
  private final SharedClasses shared = new SharedClasses(SharedClasses.class.getClassLoader());

  PluginOpener(RunDirectory run) {
    this.run = run;
  }

  LoadedPlugin open(PluginSource source) {
    if (source.fault().isPresent()) {
      return LoadedPlugin.refused(
          source, PluginJars.NONE, List.of(), List.of(source.fault().get()));
    }
    PluginJars jars = PluginJars.copy(source, run);
    List<DeclaredProvider> declared = List.of();
    try {
      declared = jars.declaredProviders();
      List<String> refusals = refusals(source, jars);
      return refusals.isEmpty()
          ? discover(source, jars, declared)
          : LoadedPlugin.refused(source, jars, declared, refusals);
    } catch (IOException | RuntimeException | LinkageError failure) {
      log.error("Plugin '{}' cannot be loaded", source.name(), failure);
      return LoadedPlugin.refused(
          source, jars, declared, List.of("It cannot be loaded: " + FailureText.of(failure)));
    }
  }

  private LoadedPlugin discover(
      PluginSource source, PluginJars jars, List<DeclaredProvider> declared) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (PluginJar jar : jars.jars()) {
      urls.add(jar.copy().toUri().toURL());
    }
    URLClassLoader loader =
        new URLClassLoader("plugin:" + source.name(), urls.toArray(URL[]::new), shared);
    try {
      return new ProviderDiscovery(source, jars, loader).discover(declared);
    } catch (RuntimeException | LinkageError failure) {
      loader.close();
      throw failure;
    }
  }

  /// Why nothing of the plugin is used. Another version of the API comes first: what else looks
  /// wrong may be right there.
  private static List<String> refusals(PluginSource source, PluginJars jars) {
    Optional<String> mismatch = ApiVersion.mismatch(jars);
    if (mismatch.isPresent()) {
      return List.of(mismatch.get());
    }
    if (!jars.unreadable().isEmpty()) {
      return jars.unreadable();
    }
    if (jars.jars().isEmpty()) {
      return List.of(
          """
          It has no jar (looked at: %s). Put the provider's jar and its libraries into the \
          directory itself.\
          """
              .formatted(source.seen().isEmpty() ? "nothing" : String.join(", ", source.seen())));
    }
    return Stream.of(ApiVersion.absence(jars), apiClasses(jars), noProvider(jars))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> apiClasses(PluginJars jars) {
    return jars.jars().stream()
        .filter(jar -> jar.apiClass().isPresent())
        .findFirst()
        .map(
            jar ->
                """
                Its jar %s has classes of the plugin API (%s), which the gateway provides. \
                Declare gateway-api as provided (compileOnly in Gradle) and build the \
                plugin again.\
                """
                    .formatted(jar.name(), jar.apiClass().orElse("")));
  }

  private static Optional<String> noProvider(PluginJars jars) {
    boolean named =
        jars.jars().stream()
            .map(PluginJar::serviceFile)
            .anyMatch(file -> !file.classNames().isEmpty() || !file.malformed().isEmpty());
    return named
        ? Optional.empty()
        : Optional.of(
            """
            It has no provider (looked for %s in %s). Add that file with the class name of \
            the provider.\
            """
                .formatted(ServiceFile.NAME, jars.names()));
  }
}
