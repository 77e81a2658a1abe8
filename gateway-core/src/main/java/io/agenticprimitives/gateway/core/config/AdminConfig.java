package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Secret;
import java.util.Objects;
import java.util.Optional;

/// Whether and where operators can look into the running gateway and change it.
///
/// @param host the address or name that the port of its own listens at
/// @param port of its own, 0 for any that is free; absent if the routes are on the main port, or
///   off
/// @param key what operators must send; absent if whoever reaches the port may do everything
public record AdminConfig(String host, Optional<Integer> port, Optional<Secret> key) {
  /// There are no such routes.
  public static final AdminConfig OFF =
      new AdminConfig("127.0.0.1", Optional.empty(), Optional.empty());

  public AdminConfig {
    Objects.requireNonNull(host);
    Objects.requireNonNull(port);
    Objects.requireNonNull(key);
  }

  /// Whether the routes are beside those that callers use.
  public boolean isOnMainPort() {
    return port.isEmpty() && key.isPresent();
  }
}
