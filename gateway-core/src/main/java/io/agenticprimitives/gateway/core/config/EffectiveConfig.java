package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Shows a configuration as it is in effect: expanded, defaults put in, secrets masked.
public final class EffectiveConfig {
  private static final String MASK = "********";

  private EffectiveConfig() {}

  /// The configuration as YAML, in the long form, without the primitives that are not implemented.
  ///
  /// @param configType gives the configuration record of a backend's provider; empty if the
  ///   provider is not installed, whose values are then all masked
  public static String print(
      GatewayConfig config, Function<BackendConfig, Optional<Class<? extends Record>>> configType) {
    Tree providers = new Tree();
    config.primitives().forEach((name, p) -> providers.put(name, primitive(p, configType)));
    Tree root =
        new Tree()
            .put("server", server(config.server()))
            .put("auth", auth(config.auth()))
            .put("allow_server_credentials", word(config.serverCredentials()))
            .put("cors_origins", Tree.texts(config.cors().origins()))
            .put("log_level", word(config.logging().level()))
            .put("logging", logging(config.logging()))
            .put("providers", providers.mapping());
    return YamlWriter.write(root.mapping());
  }

  private static Mapping server(ServerConfig server) {
    return new Tree()
        .put("host", Tree.text(server.host()))
        .put("port", Tree.plain(server.port()))
        .put("max_request_size", Tree.plain(new DataSize(server.maxRequestSize())))
        .put("max_concurrent_requests", Tree.plain(server.maxConcurrentRequests()))
        .put("allow_anonymous", Tree.plain(server.allowAnonymous()))
        .put("keep_alive", duration(server.keepAlive()))
        .put("stop_timeout", duration(server.stopTimeout()))
        .put("tool_events", word(server.toolEvents()))
        .put("close_python_connections", Tree.plain(server.closePythonConnections()))
        .put("mode", Tree.plain(server.strict() ? "strict" : "lenient"))
        .mapping();
  }

  private static Mapping auth(AuthConfig auth) {
    Tree tree = new Tree().put("backend", word(auth.backend()));
    if (!auth.apiKeys().isEmpty()) {
      tree.put("api_keys", Tree.list(auth.apiKeys().stream().map(EffectiveConfig::key).toList()));
    }
    return tree.mapping();
  }

  private static Mapping key(AuthConfig.ApiKey key) {
    return new Tree()
        .put("key", Tree.text(MASK))
        .put("principal_id", Tree.text(key.principalId()))
        .put("principal_type", Tree.text(key.principalType()))
        .put("groups", Tree.texts(key.groups()))
        .put("scopes", Tree.texts(key.scopes()))
        .mapping();
  }

  private static Mapping logging(LoggingConfig logging) {
    return new Tree()
        .put("format", word(logging.format()))
        .put("sanitize", Tree.plain(logging.sanitize()))
        .mapping();
  }

  private static Mapping primitive(
      PrimitiveConfig primitive,
      Function<BackendConfig, Optional<Class<? extends Record>>> configType) {
    Tree backends = new Tree();
    primitive.backends().forEach((name, b) -> backends.put(name, backend(b, configType.apply(b))));
    return new Tree()
        .put("default", Tree.text(primitive.defaultBackend()))
        .put("backends", backends.mapping())
        .mapping();
  }

  private static Mapping backend(
      BackendConfig backend, Optional<Class<? extends Record>> configType) {
    Mapping shown =
        configType
            .map(type -> SecretMask.block(backend.config(), type))
            .orElseGet(() -> SecretMask.all(backend.config()));
    return new Tree()
        .put("backend", Tree.text(backend.provider()))
        .put("config", shown)
        .put("timeouts", timeouts(backend.timeouts()))
        .mapping();
  }

  private static Mapping timeouts(Timeouts timeouts) {
    return new Tree()
        .put("connect", duration(timeouts.connect()))
        .put("first_event", duration(timeouts.firstEvent()))
        .put("idle", duration(timeouts.idle()))
        .put("total", duration(timeouts.total()))
        .mapping();
  }

  private static ConfigNode duration(Duration duration) {
    return Tree.plain(Durations.format(duration));
  }

  private static ConfigNode word(Enum<?> constant) {
    return Tree.text(constant.name().toLowerCase(Locale.ROOT));
  }
}
