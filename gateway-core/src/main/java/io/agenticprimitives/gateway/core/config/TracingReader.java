package io.agenticprimitives.gateway.core.config;

import java.net.URI;
import java.util.Optional;

/// Reads the block `tracing`.
final class TracingReader {
  private static final String BLOCK = "tracing";

  private final Blocks blocks;
  private final Problems problems;

  TracingReader(Blocks blocks, Problems problems) {
    this.blocks = blocks;
    this.problems = problems;
  }

  /// The block as it is written.
  record TracingBlock(Optional<String> endpoint) {}

  TracingConfig read() {
    Optional<String> endpoint =
        blocks.bind(BLOCK, TracingBlock.class).flatMap(TracingBlock::endpoint);
    if (endpoint.isPresent() && !isAddress(endpoint.get())) {
      String message =
          "expected the address of an OTLP collector, http://localhost:4318 for instance, found "
              + Wording.shortened(endpoint.get());
      problems.add(
          blocks.block(BLOCK).orElseThrow().positionOf("endpoint"),
          ConfigPath.key(BLOCK, "endpoint"),
          message);
      return TracingConfig.DEFAULT;
    }
    return new TracingConfig(endpoint);
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
