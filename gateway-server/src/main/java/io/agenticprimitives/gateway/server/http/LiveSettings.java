package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.ServerConfig;

/// What a configuration says beyond backends and routes, as far as it can change while the server
/// runs: each request goes by what holds when it begins. Thread-safe.
public final class LiveSettings {
  private final GatewayConfig first;
  private volatile InEffect inEffect;

  private record InEffect(ServerConfig server, Authentication authentication, CorsPolicy cors) {
    static InEffect of(GatewayConfig config) {
      return new InEffect(
          config.server(), new Authentication(config.auth()), new CorsPolicy(config.cors()));
    }
  }

  /// @param first what the process was started with
  public LiveSettings(GatewayConfig first) {
    this.first = first;
    this.inEffect = InEffect.of(first);
  }

  /// Goes by another configuration from now on. Where it listens and how many calls it takes stays
  /// as it was at the start.
  public void adopt(GatewayConfig config) {
    inEffect = InEffect.of(config);
  }

  GatewayConfig first() {
    return first;
  }

  ServerConfig server() {
    return inEffect.server();
  }

  Authentication authentication() {
    return inEffect.authentication();
  }

  CorsPolicy cors() {
    return inEffect.cors();
  }
}
