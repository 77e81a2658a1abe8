package io.agenticprimitives.gateway.core.config;

import java.util.Objects;
import java.util.Optional;

/// Where traces of calls go.
///
/// @param endpoint the base address of an OTLP collector, `http://localhost:4318` for instance;
///   empty to leave that to the environment
public record TracingConfig(Optional<String> endpoint) {

  /// What holds where nothing is configured.
  public static final TracingConfig DEFAULT = new TracingConfig(Optional.empty());

  public TracingConfig {
    Objects.requireNonNull(endpoint);
  }
}
