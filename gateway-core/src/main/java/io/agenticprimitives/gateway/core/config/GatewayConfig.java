package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.ServerCredentials;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A configuration without faults of its own. What belongs to providers is not bound yet: see
/// [BackendConfig#config()].
///
/// @param server how the gateway listens
/// @param auth who may call
/// @param logging what is logged and how
/// @param tracing where traces of calls go
/// @param cors which web pages may call
/// @param serverCredentials whether calls may use credentials of this server
/// @param admin where operators can look into it and change it
/// @param primitives the configured primitives that the gateway implements, by name (`llm`), in the
///   order of the file; empty if none is configured
/// @param source where the configuration came from, for messages
public record GatewayConfig(
    ServerConfig server,
    AuthConfig auth,
    LoggingConfig logging,
    TracingConfig tracing,
    CorsConfig cors,
    ServerCredentials serverCredentials,
    AdminConfig admin,
    Map<String, PrimitiveConfig> primitives,
    String source) {

  public GatewayConfig {
    primitives = Collections.unmodifiableMap(new LinkedHashMap<>(primitives));
  }

  /// The same with other words on how it listens.
  public GatewayConfig withServer(ServerConfig changed) {
    return new GatewayConfig(
        changed, auth, logging, tracing, cors, serverCredentials, admin, primitives, source);
  }

  /// A configuration without traces and without routes for operators, under which calls never use
  /// credentials of this server.
  public GatewayConfig(
      ServerConfig server,
      AuthConfig auth,
      LoggingConfig logging,
      CorsConfig cors,
      Map<String, PrimitiveConfig> primitives,
      String source) {
    this(
        server,
        auth,
        logging,
        TracingConfig.DEFAULT,
        cors,
        ServerCredentials.NEVER,
        AdminConfig.OFF,
        primitives,
        source);
  }
}
