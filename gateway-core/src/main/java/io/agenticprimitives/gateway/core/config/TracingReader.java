package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import java.net.URI;
import java.util.Optional;

/// Reads the block `tracing`.
final class TracingReader {
  private static final String BLOCK = "tracing";
  private static final String ENDPOINT = "endpoint";

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
      Mapping block = blocks.block(BLOCK).orElseThrow();
      String message =
          "expected the address of an OTLP collector, http://localhost:4318 for instance, found "
              + block.get(ENDPOINT).map(Wording::found).orElse("nothing");
      problems.add(block.positionOf(ENDPOINT), ConfigPath.key(BLOCK, ENDPOINT), message);
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
