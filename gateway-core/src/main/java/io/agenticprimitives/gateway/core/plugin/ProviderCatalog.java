package io.agenticprimitives.gateway.core.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The providers of all plugins by their names. Providers that claim the same name are refused, all
/// of them: whichever was taken, somebody would get what they did not ask for. Immutable.
final class ProviderCatalog {
  private final List<LoadedPlugin> plugins;
  private final Map<String, InstalledProvider> byName = new HashMap<>();

  ProviderCatalog(List<LoadedPlugin> loaded) {
    Map<InstalledProvider, String> refusals = conflicts(loaded);
    this.plugins = loaded.stream().map(plugin -> plugin.without(refusals)).toList();
    providers().forEach(p -> p.declared().names().forEach(name -> byName.put(name, p)));
  }

  List<LoadedPlugin> plugins() {
    return plugins;
  }

  Stream<InstalledProvider> providers() {
    return plugins.stream().flatMap(plugin -> plugin.providers().stream());
  }

  /// The provider with this class name or alias, or else the only one with this short name.
  Optional<InstalledProvider> find(String name) {
    InstalledProvider exact = byName.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    List<InstalledProvider> candidates = candidates(name);
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }

  /// All that somebody may mean who writes this name.
  List<InstalledProvider> candidates(String name) {
    return providers().filter(provider -> provider.declared().answersTo(name)).toList();
  }

  /// The names other than the class name under which [#find] finds this provider.
  List<String> otherNames(InstalledProvider provider) {
    String shortName = provider.declared().shortName();
    boolean reachable = find(shortName).filter(provider::equals).isPresent();
    return Stream.concat(
            provider.aliases().stream(), reachable ? Stream.of(shortName) : Stream.empty())
        .distinct()
        .toList();
  }

  private static Map<InstalledProvider, String> conflicts(List<LoadedPlugin> plugins) {
    Map<String, List<Claim>> claims = new LinkedHashMap<>();
    for (LoadedPlugin plugin : plugins) {
      for (InstalledProvider provider : plugin.providers()) {
        for (String name : provider.declared().names()) {
          claims
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(new Claim(provider, plugin.source().title()));
        }
      }
    }
    Map<InstalledProvider, String> refusals = new HashMap<>();
    claims.forEach(
        (name, claimants) -> {
          if (claimants.size() > 1) {
            claimants.forEach(c -> refusals.putIfAbsent(c.provider(), conflict(name, claimants)));
          }
        });
    return refusals;
  }

  private static String conflict(String name, List<Claim> claimants) {
    List<String> all =
        claimants.stream().map(c -> c.provider().className() + " of " + c.plugin()).toList();
    return """
    The name %s belongs to several providers, and none of them is used: %s. Keep one of \
    them.\
    """
        .formatted(name, String.join("; ", all));
  }

  private record Claim(InstalledProvider provider, String plugin) {}
}
