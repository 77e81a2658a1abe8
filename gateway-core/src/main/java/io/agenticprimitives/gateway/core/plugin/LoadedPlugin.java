package io.agenticprimitives.gateway.core.plugin;

import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What has become of one entry of the plugins directory.
///
/// @param source where it is from
/// @param jars what was found in it
/// @param classLoader empty if no class of it may be loaded
/// @param providers those that can be used
/// @param faults what is wrong with it
record LoadedPlugin(
    PluginSource source,
    PluginJars jars,
    Optional<URLClassLoader> classLoader,
    List<InstalledProvider> providers,
    List<Fault> faults) {

  LoadedPlugin {
    providers = List.copyOf(providers);
    faults = List.copyOf(faults);
  }

  /// A plugin of which nothing is used.
  static LoadedPlugin refused(
      PluginSource source, PluginJars jars, List<DeclaredProvider> providers, List<String> texts) {
    List<Fault> faults = texts.stream().map(text -> new Fault(text, providers)).toList();
    return new LoadedPlugin(source, jars, Optional.empty(), List.of(), faults);
  }

  /// The same plugin without the providers that cannot be used after all, for these reasons.
  LoadedPlugin without(Map<InstalledProvider, String> refusals) {
    List<Fault> more =
        providers.stream()
            .filter(refusals::containsKey)
            .map(
                provider ->
                    new Fault(String.valueOf(refusals.get(provider)), List.of(provider.declared())))
            .toList();
    return new LoadedPlugin(
        source,
        jars,
        classLoader,
        providers.stream().filter(provider -> !refusals.containsKey(provider)).toList(),
        Stream.concat(faults.stream(), more.stream()).toList());
  }

  /// All that is wrong with it in one text.
  Optional<String> fault() {
    return faults.stream().map(Fault::text).distinct().reduce((one, next) -> one + " " + next);
  }
}
