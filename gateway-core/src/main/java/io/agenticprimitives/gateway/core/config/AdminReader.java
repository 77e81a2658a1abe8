package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import java.util.Optional;

/// Reads the block `admin`.
final class AdminReader {
  private static final String BLOCK = "admin";

  private final Blocks blocks;
  private final Problems problems;

  AdminReader(Blocks blocks, Problems problems) {
    this.blocks = blocks;
    this.problems = problems;
  }

  /// The block as it is written.
  record AdminBlock(
      @Default("127.0.0.1") String host, Optional<Integer> port, Optional<Secret> key) {}

  /// The result counts only if no problems were added.
  AdminConfig read() {
    Optional<AdminBlock> block = blocks.bind(BLOCK, AdminBlock.class);
    if (block.isEmpty()) {
      return AdminConfig.OFF;
    }
    AdminConfig admin = new AdminConfig(block.get().host(), block.get().port(), block.get().key());
    check(admin, blocks.block(BLOCK).orElseThrow());
    return admin;
  }

  private void check(AdminConfig admin, Mapping block) {
    if (admin.port().filter(port -> port < 0 || port > 65_535).isPresent()) {
      add(block, "port", "a port is a number from 0 (the system chooses one) to 65535");
    }
    // An empty value is bound as none at all, and must not open what was to be locked.
    if (block.get("key").isPresent() && admin.key().filter(k -> !k.value().isBlank()).isEmpty()) {
      add(block, "key", "the key is empty, so that everybody would have it");
    }
    if (admin.port().isEmpty() && block.get("host").isPresent()) {
      add(block, "host", "a host counts only together with admin.port");
    }
    if (admin.port().isEmpty() && admin.key().isEmpty() && !block.keys().isEmpty()) {
      add(
          block,
          "port",
          "name a port of its own, or a key with which the main port has the routes");
    }
    if (admin.port().isPresent()
        && admin.key().isEmpty()
        && !ServerConfig.isLoopback(admin.host())) {
      add(
          block,
          "host",
          "can be reached from other machines, and everybody there could change what the gateway"
              + " does; configure admin.key, or listen at 127.0.0.1");
    }
  }

  private void add(Mapping block, String key, String message) {
    problems.add(block.positionOf(key), ConfigPath.key(BLOCK, key), message);
  }
}
