package io.agenticprimitives.gateway.core.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is known of one entry of the plugins directory. Plain text, so that keeping it does not
/// keep the plugin loaded.
///
/// @param name the name of its directory, or of its jar without `.jar`
/// @param version the `Implementation-Version` of its manifest, or `unknown`
/// @param origin its directory or jar
/// @param providers the class names of the providers that can be used, in the plugin's order
/// @param aliases the other names under which these can be used
/// @param fault what is wrong with it and what to do; a plugin with a fault may still have
///   providers that can be used
public record PluginDescription(
    String name,
    String version,
    Path origin,
    List<String> providers,
    List<String> aliases,
    Optional<String> fault) {

  public PluginDescription {
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
    Objects.requireNonNull(origin);
    providers = List.copyOf(providers);
    aliases = List.copyOf(aliases);
    Objects.requireNonNull(fault);
  }
}
