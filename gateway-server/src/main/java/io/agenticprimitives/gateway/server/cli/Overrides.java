package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.config.AuthConfig;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.ServerConfig;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What the command line says instead of the configuration.
final class Overrides {
  @Option(
      names = "--host",
      paramLabel = "H",
      description = "The address to listen at, instead of server.host.")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen at, instead of server.port; 0 for any that is free.")
  private Optional<Integer> port = Optional.empty();

  /// @throws CommandException if the gateway must not listen there
  GatewayConfig apply(GatewayConfig config) {
    GatewayConfig changed = put(config);
    check(changed.server(), changed.auth());
    return changed;
  }

  /// Puts the address in, without asking whether that is allowed.
  GatewayConfig put(GatewayConfig config) {
    ServerConfig server = config.server();
    return config.withServer(
        server.listeningAt(host.orElse(server.host()), port.orElse(server.port())));
  }

  private static void check(ServerConfig server, AuthConfig auth) {
    if (server.port() < 0 || server.port() > 65_535) {
      throw new CommandException(ExitCode.WRONG, "--port is a number from 0 to 65535.");
    }
    boolean open = auth.backend() == AuthConfig.Backend.NOOP && !server.allowAnonymous();
    if (open && !server.isLoopback()) {
      throw new CommandException(
          ExitCode.WRONG,
          "--host "
              + server.host()
              + " can be reached from other machines, and everybody there could spend your keys."
              + " Configure auth (backend: api_key), or write server.allow_anonymous: true in the"
              + " configuration if that is what you want.");
    }
  }
}
