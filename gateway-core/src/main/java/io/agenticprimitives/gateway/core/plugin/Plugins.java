package io.agenticprimitives.gateway.core.plugin;

import static java.util.stream.Collectors.toCollection;

import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
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
  /// The version of the plugin API that this gateway has, and that a plugin's manifest must name
  /// (`Gateway-Api`).
  public static final int API_VERSION = ApiVersion.OURS;

  private static final Logger log = LoggerFactory.getLogger(Plugins.class);

  private final Path directory;
  private final List<PluginDescription> descriptions;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile List<OpenPlugin> opened;
  private volatile ProviderCatalog catalog;

  private Plugins(Path directory, List<OpenPlugin> opened) {
    this.directory = directory;
    this.opened = List.copyOf(opened);
    ProviderCatalog all = new ProviderCatalog(opened.stream().map(OpenPlugin::plugin).toList());
    this.catalog = all;
    this.descriptions = all.plugins().stream().map(plugin -> description(plugin, all)).toList();
  }

  /// Looks at everything in the directory. No code of a plugin runs.
  ///
  /// @throws PluginException if the directory cannot be read, or no directory for the copies of the
  ///   jars can be made
  public static Plugins load(Path directory) {
    URLConnection.setDefaultUseCaches("jar", false);
    Plugins plugins = new Plugins(directory, open(directory, List.of()));
    plugins.descriptions.forEach(Plugins::log);
    return plugins;
  }

  /// Looks at the directory again. Plugins whose files are the same are shared with this one and
  /// keep their class loaders; both must be closed.
  ///
  /// @throws PluginException as [#load]
  public Plugins reload() {
    return new Plugins(directory, open(directory, opened));
  }

  private static List<OpenPlugin> open(Path directory, List<OpenPlugin> before) {
    List<OpenPlugin> plugins = new ArrayList<>();
    try {
      for (PluginSource source : PluginsDirectory.scan(directory)) {
        PluginFiles files = PluginFiles.read(source);
        plugins.add(
            before.stream()
                .filter(plugin -> plugin.isOf(files))
                .findFirst()
                .map(OpenPlugin::share)
                .orElseGet(() -> OpenPlugin.open(files)));
      }
      return plugins;
    } catch (PluginException failure) {
      plugins.forEach(OpenPlugin::disown);
      throw failure;
    }
  }

  /// What is different from what was there before.
  public PluginChanges changesSince(Plugins before) {
    List<OpenPlugin> old = before.opened;
    List<OpenPlugin> fresh = opened.stream().filter(plugin -> !old.contains(plugin)).toList();
    Set<String> had = names(old);
    Set<String> has = names(opened);
    Set<String> changed = names(fresh);
    return new PluginChanges(
        changed.stream().filter(name -> !had.contains(name)).toList(),
        changed.stream().filter(had::contains).toList(),
        had.stream().filter(name -> !has.contains(name)).toList(),
        descriptions.stream()
            .filter(plugin -> changed.contains(plugin.name()))
            .flatMap(
                plugin ->
                    plugin.fault().map(f -> "Plugin '%s': %s".formatted(plugin.name(), f)).stream())
            .toList());
  }

  private static Set<String> names(List<OpenPlugin> plugins) {
    return plugins.stream()
        .map(plugin -> plugin.plugin().source().name())
        .collect(toCollection(LinkedHashSet::new));
  }

  /// The record that a provider's configuration is bound to; empty if there is none that can be
  /// used.
  public Optional<Class<? extends Record>> configType(String classNameOrAlias) {
    try {
      return Optional.of(find(classNameOrAlias).configType());
    } catch (UnknownProviderException | PluginException notUsable) {
      return Optional.empty();
    }
  }

  /// Keeps the plugin of a provider for a backend that is about to be opened, also beyond the end
  /// of this object.
  ///
  /// @param provider one of these plugins
  /// @return gives it back, once the backend has been closed
  public Runnable hold(InstalledProvider provider) {
    return opened.stream()
        .filter(plugin -> plugin.plugin().providers().contains(provider))
        .findFirst()
        .orElseThrow()
        .hold();
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

  /// Unloads all plugins that no other owner shares; one that a backend holds, after the backend.
  /// If nobody keeps their providers, backends or classes, nothing of them stays behind in memory
  /// or on disk.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      List<OpenPlugin> given = opened;
      catalog = new ProviderCatalog(List.of());
      opened = List.of();
      given.forEach(OpenPlugin::disown);
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
