package io.agenticprimitives.gateway.server.reload;

import io.agenticprimitives.gateway.core.config.AuthConfig;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.LoggingConfig;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/// What a running process keeps, whatever a new configuration says: where it listens, and what was
/// sized by its limits.
final class RestartOnly {
  private RestartOnly() {}

  /// The keys that were changed and wait for a restart, a sentence each.
  static List<String> changes(GatewayConfig running, GatewayConfig wanted) {
    ServerConfig now = running.server();
    ServerConfig then = wanted.server();
    List<String> keys = new ArrayList<>();
    addIf(!now.host().equals(then.host()), "server.host", keys);
    addIf(now.port() != then.port(), "server.port", keys);
    addIf(now.maxRequestSize() != then.maxRequestSize(), "server.max_request_size", keys);
    addIf(
        now.maxConcurrentRequests() != then.maxConcurrentRequests(),
        "server.max_concurrent_requests",
        keys);
    LoggingConfig log = running.logging();
    addIf(log.format() != wanted.logging().format(), "logging.format", keys);
    addIf(log.sanitize() != wanted.logging().sanitize(), "logging.sanitize", keys);
    addIf(!running.tracing().equals(wanted.tracing()), "tracing", keys);
    addIf(!running.admin().equals(wanted.admin()), "admin", keys);
    return keys.stream()
        .map(key -> key + " was changed and takes effect when the gateway is started again")
        .toList();
  }

  private static void addIf(boolean changed, String key, List<String> keys) {
    if (changed) {
      keys.add(key);
    }
  }

  /// What will be in effect: the new configuration with what the process keeps.
  ///
  /// @param problems takes note if that would open a door that the new file would not have opened
  static GatewayConfig keep(GatewayConfig running, GatewayConfig wanted, Problems problems) {
    ServerConfig now = running.server();
    ServerConfig kept =
        wanted
            .server()
            .listeningAt(now.host(), now.port())
            .limitedTo(now.maxRequestSize(), now.maxConcurrentRequests());
    boolean open = wanted.auth().backend() == AuthConfig.Backend.NOOP && !kept.allowAnonymous();
    if (open && !kept.isLoopback()) {
      problems.add(
          new Position(wanted.source(), 0),
          "auth",
          "the gateway listens at %s until it is started again, and without auth everybody there"
                  .formatted(now.host())
              + " could spend your keys; keep auth, or start the gateway again");
    }
    LoggingConfig logging =
        new LoggingConfig(
            running.logging().format(), running.logging().sanitize(), wanted.logging().level());
    return new GatewayConfig(
        kept,
        wanted.auth(),
        logging,
        running.tracing(),
        wanted.cors(),
        wanted.serverCredentials(),
        running.admin(),
        wanted.primitives(),
        wanted.source());
  }
}
