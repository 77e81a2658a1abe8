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
    TreeBuilder providers = new TreeBuilder();
    config.primitives().forEach((name, p) -> providers.put(name, primitive(p, configType)));
    TreeBuilder root =
        new TreeBuilder()
            .put("server", server(config.server()))
            .put("auth", auth(config.auth()))
            .put("allow_server_credentials", word(config.serverCredentials()))
            .put("cors_origins", TreeBuilder.texts(config.cors().origins()))
            .put("log_level", word(config.logging().level()))
            .put("logging", logging(config.logging()))
            .put("providers", providers.mapping());
    return YamlWriter.write(root.mapping());
  }

  private static Mapping server(ServerConfig server) {
    return new TreeBuilder()
        .put("host", TreeBuilder.text(server.host()))
        .put("port", TreeBuilder.plain(server.port()))
        .put("max_request_size", TreeBuilder.plain(new DataSize(server.maxRequestSize())))
        .put("max_concurrent_requests", TreeBuilder.plain(server.maxConcurrentRequests()))
        .put("allow_anonymous", TreeBuilder.plain(server.allowAnonymous()))
        .put("keep_alive", duration(server.keepAlive()))
        .put("stop_timeout", duration(server.stopTimeout()))
        .put("tool_events", word(server.toolEvents()))
        .put("close_python_connections", TreeBuilder.plain(server.closePythonConnections()))
        .put("mode", TreeBuilder.plain(server.strict() ? "strict" : "lenient"))
        .mapping();
  }

  private static Mapping auth(AuthConfig auth) {
    TreeBuilder tree = new TreeBuilder().put("backend", word(auth.backend()));
    if (!auth.apiKeys().isEmpty()) {
      tree.put(
          "api_keys", TreeBuilder.list(auth.apiKeys().stream().map(EffectiveConfig::key).toList()));
    }
    return tree.mapping();
  }

  private static Mapping key(AuthConfig.ApiKey key) {
    return new TreeBuilder()
        .put("key", TreeBuilder.text(MASK))
        .put("principal_id", TreeBuilder.text(key.principalId()))
        .put("principal_type", TreeBuilder.text(key.principalType()))
        .put("groups", TreeBuilder.texts(key.groups()))
        .put("scopes", TreeBuilder.texts(key.scopes()))
        .mapping();
  }

  private static Mapping logging(LoggingConfig logging) {
    return new TreeBuilder()
        .put("format", word(logging.format()))
        .put("sanitize", TreeBuilder.plain(logging.sanitize()))
        .mapping();
  }

  private static Mapping primitive(
      PrimitiveConfig primitive,
      Function<BackendConfig, Optional<Class<? extends Record>>> configType) {
    TreeBuilder backends = new TreeBuilder();
    primitive.backends().forEach((name, b) -> backends.put(name, backend(b, configType.apply(b))));
    TreeBuilder tree =
        new TreeBuilder()
            .put("default", TreeBuilder.text(primitive.defaultBackend()))
            .put("backends", backends.mapping());
    if (!primitive.routes().isEmpty()) {
      TreeBuilder routes = new TreeBuilder();
      primitive.routes().forEach((name, route) -> routes.put(name, route(route)));
      tree.put("routes", routes.mapping());
    }
    return tree.mapping();
  }

  private static Mapping route(RouteConfig route) {
    return new TreeBuilder()
        .put(
            "targets",
            TreeBuilder.list(route.targets().stream().map(EffectiveConfig::target).toList()))
        .put("fallback", TreeBuilder.plain(route.fallback()))
        .mapping();
  }

  private static Mapping target(RouteConfig.Target target) {
    TreeBuilder tree = new TreeBuilder().put("backend", TreeBuilder.text(target.backend()));
    target.model().ifPresent(model -> tree.put("model", TreeBuilder.text(model)));
    target.weight().ifPresent(weight -> tree.put("weight", TreeBuilder.plain(weight)));
    return tree.mapping();
  }

  private static Mapping backend(
      BackendConfig backend, Optional<Class<? extends Record>> configType) {
    Mapping shown =
        configType
            .map(type -> SecretMask.block(backend.config(), type))
            .orElseGet(() -> SecretMask.all(backend.config()));
    CallPolicy policy = backend.policy();
    TreeBuilder tree =
        new TreeBuilder()
            .put("backend", TreeBuilder.text(backend.provider()))
            .put("config", shown)
            .put("timeouts", timeouts(policy.timeouts()))
            .put("retry", retry(policy.retry()));
    putConcurrency(tree, policy.concurrency());
    tree.put("circuit_breaker", breaker(policy.circuitBreaker()));
    if (policy.passAuthorization()) {
      tree.put(BackendConfig.PASS_AUTHORIZATION, TreeBuilder.plain(true));
    }
    return tree.mapping();
  }

  private static Mapping retry(RetryConfig retry) {
    return new TreeBuilder()
        .put("max_attempts", TreeBuilder.plain(retry.maxAttempts()))
        .put("base_delay", duration(retry.baseDelay()))
        .put("max_delay", duration(retry.maxDelay()))
        .mapping();
  }

  private static void putConcurrency(TreeBuilder tree, ConcurrencyConfig concurrency) {
    concurrency
        .maxConcurrent()
        .ifPresent(
            limit -> {
              tree.put("max_concurrent", TreeBuilder.plain(limit));
              tree.put("max_queued", TreeBuilder.plain(concurrency.maxQueued()));
              tree.put("max_queue_wait", duration(concurrency.maxQueueWait()));
            });
  }

  private static Mapping breaker(BreakerConfig breaker) {
    TreeBuilder tree = new TreeBuilder().put("enabled", TreeBuilder.plain(breaker.enabled()));
    if (breaker.enabled()) {
      tree.put("failure_rate", TreeBuilder.plain(breaker.failureRate()))
          .put("minimum_calls", TreeBuilder.plain(breaker.minimumCalls()))
          .put("window", duration(breaker.window()))
          .put("open_for", duration(breaker.openFor()))
          .put("probes", TreeBuilder.plain(breaker.probes()));
    }
    return tree.mapping();
  }

  private static Mapping timeouts(Timeouts timeouts) {
    return new TreeBuilder()
        .put("connect", duration(timeouts.connect()))
        .put("first_event", duration(timeouts.firstEvent()))
        .put("idle", duration(timeouts.idle()))
        .put("total", duration(timeouts.total()))
        .mapping();
  }

  private static ConfigNode duration(Duration duration) {
    return TreeBuilder.plain(Durations.format(duration));
  }

  private static ConfigNode word(Enum<?> constant) {
    return TreeBuilder.text(constant.name().toLowerCase(Locale.ROOT));
  }
}
