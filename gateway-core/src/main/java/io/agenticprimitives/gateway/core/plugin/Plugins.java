package io.agenticprimitives.gateway.core.plugin;

import java.io.IOException;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The installed plugins. `plugins/<name>/*.jar` is one plugin, and so is `plugins/<name>.jar`;
/// each has a class loader of its own, called `plugin:<name>`, that sees the JDK, the plugin API,
/// SLF4J and its own jars. Where two of its jars have the same class, the first by name wins.
///
/// A provider is found by its class name; by an alias (`@Alias`); or by its short name, which is
/// the class name without package and `Provider` in kebab-case, if only one installed provider has
/// it: `openai-compatible` or `open-ai-compatible` for `OpenAICompatibleProvider` (hyphens and
/// underscores are not compared).
///
/// A plugin that is broken, or a provider of it, is described with its fault and does not disturb
/// the others. The isolation keeps libraries apart; it is no sandbox: a plugin has all rights of
/// the gateway and can end its process with `System.exit`.
///
/// Loading it turns off, in the whole JVM, the caching of jars by [URLConnection], because cached
/// jars stay open after their class loader is closed. Thread-safe.
public final class Plugins implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Plugins.class);

  private final Path directory;
  private final RunDirectory run;
  private final List<PluginDescription> descriptions;
  private volatile ProviderCatalog catalog;

  private Plugins(Path directory, RunDirectory run, ProviderCatalog catalog) {
    this.directory = directory;
    this.run = run;
    this.catalog = catalog;
    this.descriptions =
        catalog.plugins().stream().map(plugin -> description(plugin, catalog)).toList();
  }

  /// Looks at everything in the directory. No code of a plugin runs.
  ///
  /// @throws PluginException if the directory cannot be read, or no directory for the copies of the
  ///   jars can be made
  public static Plugins load(Path directory) {
    List<PluginSource> sources = PluginsDirectory.scan(directory);
    URLConnection.setDefaultUseCaches("jar", false);
    RunDirectory run = RunDirectory.create();
    PluginOpener opener = new PluginOpener(run);
    ProviderCatalog catalog = new ProviderCatalog(sources.stream().map(opener::open).toList());
    Plugins plugins = new Plugins(directory, run, catalog);
    plugins.descriptions.forEach(Plugins::log);
    return plugins;
  }

  /// One for each plugin, usable or not, in the order of their file names.
  public List<PluginDescription> descriptions() {
    return descriptions;
  }

  /// The provider with this class name, alias or short name.
  ///
  /// @throws UnknownProviderException if there is none that can be used; the message says which
  ///   there are, or what is wrong with the plugin that has it
  public InstalledProvider find(String classNameOrAlias) {
    ProviderCatalog current = catalog;
    return current
        .find(classNameOrAlias)
        .orElseThrow(
            () ->
                new UnknownProviderException(
                    new NotFoundText(current, directory).of(classNameOrAlias)));
  }

  /// Unloads all plugins. Their backends must have been closed before, and nobody may keep their
  /// providers, backends or classes; then nothing of them stays behind in memory or on disk.
  @Override
  public void close() {
    List<LoadedPlugin> plugins = catalog.plugins();
    catalog = new ProviderCatalog(List.of());
    plugins.stream().flatMap(plugin -> plugin.classLoader().stream()).forEach(Plugins::close);
    run.close();
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException failure) {
      log.warn("The jars of {} cannot be closed", loader.getName(), failure);
    }
  }

  private static PluginDescription description(LoadedPlugin plugin, ProviderCatalog catalog) {
    return new PluginDescription(
        plugin.source().name(),
        plugin.jars().version(),
        plugin.source().origin(),
        plugin.providers().stream().map(InstalledProvider::className).toList(),
        plugin.providers().stream().flatMap(p -> catalog.otherNames(p).stream()).toList(),
        plugin.fault());
  }

  private static void log(PluginDescription plugin) {
    if (plugin.fault().isPresent()) {
      log.warn("Plugin '{}' ({}): {}", plugin.name(), plugin.origin(), plugin.fault().get());
    }
    if (!plugin.providers().isEmpty()) {
      log.info("Plugin '{}' {}: {}", plugin.name(), plugin.version(), plugin.providers());
    }
  }
}
