package io.agenticprimitives.gateway.core.config;

import java.util.List;
import java.util.Optional;

/// What came of loading a configuration.
///
/// @param config the configuration; empty if there are problems
/// @param backends every backend that could be read, also where something else is wrong, so that
///   what belongs to its provider can be checked too
/// @param problems all that is wrong, and the warnings
public record LoadedConfig(
    Optional<GatewayConfig> config, List<BackendConfig> backends, Problems problems) {
  public LoadedConfig {
    backends = List.copyOf(backends);
  }

  static LoadedConfig unreadable(Problems problems) {
    return new LoadedConfig(Optional.empty(), List.of(), problems);
  }
}
