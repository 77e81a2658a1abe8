package io.agenticprimitives.gateway.api.llm;

import java.util.Objects;
import java.util.OptionalLong;

/// What a completion cost, in tokens. A number that the upstream does not give is empty, not zero.
///
/// @param inputTokens all input, read from a cache or not
/// @param outputTokens all output that the upstream counts as such
/// @param cacheReadInputTokens the part of the input that came from the upstream's cache
/// @param cacheWriteInputTokens the part of the input that was written to the upstream's cache
/// @param reasoningTokens what the upstream says the reasoning cost
public record Usage(
    OptionalLong inputTokens,
    OptionalLong outputTokens,
    OptionalLong cacheReadInputTokens,
    OptionalLong cacheWriteInputTokens,
    OptionalLong reasoningTokens) {

  /// The upstream says nothing.
  public static final Usage UNKNOWN =
      new Usage(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  public Usage {
    Objects.requireNonNull(inputTokens);
    Objects.requireNonNull(outputTokens);
    Objects.requireNonNull(cacheReadInputTokens);
    Objects.requireNonNull(cacheWriteInputTokens);
    Objects.requireNonNull(reasoningTokens);
  }

  /// Input and output alone.
  public static Usage of(long inputTokens, long outputTokens) {
    return new Usage(
        OptionalLong.of(inputTokens),
        OptionalLong.of(outputTokens),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /// Whether any number is known.
  public boolean isKnown() {
    return !equals(UNKNOWN);
  }
}
