package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.GatewayConfigReader.TopLevel;
import java.time.Duration;
import java.util.Optional;

/// Reads the block `server`, and `host` and `port` at the top, where the original project has them.
final class ServerReader {
  private static final String BLOCK = "server";

  private final Mapping root;
  private final Blocks blocks;
  private final Problems problems;

  ServerReader(Blocks blocks, Problems problems) {
    this.root = blocks.root();
    this.blocks = blocks;
    this.problems = problems;
  }

  /// The block as it is written.
  record ServerBlock(
      Optional<String> host,
      Optional<Integer> port,
      @Default("32MB") DataSize maxRequestSize,
      @Default("10000") int maxConcurrentRequests,
      @Default("false") boolean allowAnonymous,
      @Default("15s") Duration keepAlive,
      @Default("30s") Duration stopTimeout,
      @Default("auto") ToolEventsMode toolEvents,
      @Default("true") boolean closePythonConnections,
      @Default("lenient") Mode mode) {}

  /// Whether requests are adjusted to what a backend can do.
  enum Mode {
    LENIENT,
    STRICT
  }

  ServerConfig read(Optional<TopLevel> top, Optional<AuthConfig> auth) {
    Optional<ServerBlock> block = blocks.bind(BLOCK, ServerBlock.class);
    if (block.isEmpty()) {
      return ServerConfig.DEFAULT;
    }
    ServerConfig server = config(block.get(), top);
    Mapping mapping = blocks.block(BLOCK).orElseThrow();
    check(server, mapping);
    if (auth.isPresent()) {
      refuseOpenDoor(server, auth.get(), mapping);
    }
    return server;
  }

  private static ServerConfig config(ServerBlock block, Optional<TopLevel> top) {
    return new ServerConfig(
        block.host().or(() -> top.flatMap(TopLevel::host)).orElse(ServerConfig.DEFAULT.host()),
        block.port().or(() -> top.flatMap(TopLevel::port)).orElse(ServerConfig.DEFAULT.port()),
        block.maxRequestSize().bytes(),
        block.maxConcurrentRequests(),
        block.allowAnonymous(),
        block.keepAlive(),
        block.stopTimeout(),
        block.toolEvents(),
        block.closePythonConnections(),
        block.mode() == Mode.STRICT);
  }

  private void check(ServerConfig server, Mapping block) {
    if (server.port() < 0 || server.port() > 65_535) {
      add(block, "port", "a port is a number from 0 (the system chooses one) to 65535");
    }
    if (server.maxRequestSize() < 1 || server.maxRequestSize() > Integer.MAX_VALUE) {
      add(block, "max_request_size", "must be from 1B to 2047MB");
    }
    if (server.maxConcurrentRequests() < 1) {
      add(block, "max_concurrent_requests", "must be at least 1");
    }
    if (!server.keepAlive().isPositive()) {
      add(block, "keep_alive", "must be longer than 0");
    }
  }

  private void refuseOpenDoor(ServerConfig server, AuthConfig auth, Mapping block) {
    boolean open = auth.backend() == AuthConfig.Backend.NOOP && !server.allowAnonymous();
    if (open && !server.isLoopback()) {
      String message =
          " can be reached from other machines, and everybody there could spend your keys;"
              + " configure auth (backend: api_key), or listen at 127.0.0.1, or write"
              + " server.allow_anonymous: true if that is what you want";
      add(
          block,
          "host",
          shown(server.host(), block.get("host").or(() -> root.get("host"))) + message);
    }
  }

  /// What a variable holds may be another thing than the name of a host.
  private static String shown(String host, Optional<ConfigNode> written) {
    return written
        .filter(node -> node instanceof Scalar scalar && scalar.isExpanded())
        .map(Wording::found)
        .orElseGet(() -> Wording.shortened(host));
  }

  /// Adds a problem at the key of the block, or at the top where the block lacks it.
  private void add(Mapping block, String key, String message) {
    boolean atTop = block.get(key).isEmpty() && root.get(key).isPresent();
    problems.add(
        atTop ? root.positionOf(key) : block.positionOf(key),
        atTop ? key : ConfigPath.key(BLOCK, key),
        message);
  }
}
