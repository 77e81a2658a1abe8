package io.agenticprimitives.gateway.core.config;

import java.util.Optional;

/// What came of loading a configuration.
///
/// @param config the configuration; empty if there are problems
/// @param problems all that is wrong, and the warnings
public record LoadedConfig(Optional<GatewayConfig> config, Problems problems) {}
