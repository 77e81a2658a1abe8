package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.AuthConfig;
import io.agenticprimitives.gateway.core.config.BackendConfig;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import io.agenticprimitives.gateway.core.config.ConfigNode;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.CorsConfig;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.LoggingConfig;
import io.agenticprimitives.gateway.core.config.PrimitiveConfig;
import io.agenticprimitives.gateway.core.config.RetryConfig;
import io.agenticprimitives.gateway.core.config.RouteConfig;
import io.agenticprimitives.gateway.core.config.ScalarType;
import io.agenticprimitives.gateway.core.config.ServerConfig;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.config.ToolEventsMode;
import io.agenticprimitives.gateway.server.testing.ScriptedProvider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A configuration for tests, with everything at its default that a test does not set.
final class TestConfig {
  int port = 0;
  long maxRequestSize = 1024 * 1024;
  int maxConcurrentRequests = 1000;
  Duration keepAlive = Duration.ofSeconds(15);
  Duration stopTimeout = Duration.ofSeconds(30);
  ToolEventsMode toolEvents = ToolEventsMode.AUTO;
  boolean closePythonConnections = true;
  boolean strict = false;
  AuthConfig auth = AuthConfig.NONE;
  List<String> corsOrigins = List.of("*");
  Timings timings = Timings.DEFAULT;

  Map<String, RouteConfig> routes = Map.of();

  /// Each backend is asked once.
  CallPolicy policy =
      new CallPolicy(
          Timeouts.DEFAULT,
          new RetryConfig(1, Duration.ofMillis(1), Duration.ofMillis(1)),
          ConcurrencyConfig.DEFAULT,
          BreakerConfig.DEFAULT);

  /// @param backends name and property of each, the default first
  GatewayConfig build(Map<String, String> backends) {
    Map<String, BackendConfig> all = new LinkedHashMap<>();
    backends.forEach((name, key) -> all.put(name, backend(name, key)));
    return new GatewayConfig(
        new ServerConfig(
            "127.0.0.1",
            port,
            maxRequestSize,
            maxConcurrentRequests,
            false,
            keepAlive,
            stopTimeout,
            toolEvents,
            closePythonConnections,
            strict),
        auth,
        LoggingConfig.DEFAULT,
        new CorsConfig(corsOrigins),
        Map.of("llm", new PrimitiveConfig(all.keySet().iterator().next(), all, routes)),
        "test");
  }

  private BackendConfig backend(String name, String key) {
    Position here = new Position("test", 1);
    ConfigNode value = new ConfigNode.Scalar(key, key, ScalarType.STRING, false, List.of(), here);
    return new BackendConfig(
        name,
        ScriptedProvider.class.getName(),
        new ConfigNode.Mapping(Map.of("key", new ConfigNode.Entry(value, "key", here)), here),
        policy,
        "providers.llm.backends." + name,
        here);
  }
}
