package io.agenticprimitives.gateway.core;

import java.util.Objects;

/// A configured backend as an operator sees it.
///
/// @param name its name in the configuration
/// @param primitive `llm` for instance
/// @param provider the class name of its provider, or what the configuration says if there is none
/// @param reason why it cannot serve calls; empty if it can
public record BackendState(String name, String primitive, String provider, String reason) {
  public BackendState {
    Objects.requireNonNull(name);
    Objects.requireNonNull(primitive);
    Objects.requireNonNull(provider);
    Objects.requireNonNull(reason);
  }

  /// Whether it can serve calls, as far as the gateway knows without asking its upstream.
  public boolean available() {
    return reason.isEmpty();
  }
}
