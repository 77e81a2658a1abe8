package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.OptionalLong;
import java.util.Set;

/// Converse's `usage`. Its `inputTokens` leave out what was read from the cache and written to it;
/// here the input is all of it. Some answers name the cached counts twice; the second names are
/// read only where the first are missing. Reasoning is not counted apart.
final class UsageReader {
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "inputTokens",
          "outputTokens",
          "totalTokens",
          "cacheReadInputTokens",
          "cacheReadInputTokenCount",
          "cacheWriteInputTokens",
          "cacheWriteInputTokenCount");

  /// Counts beyond it are not counts; sums of them fit a long.
  private static final long MAX_COUNT = 1L << 60;

  private UsageReader() {}

  static Usage read(JsonNode counts) {
    OptionalLong read = first(counts, "cacheReadInputTokens", "cacheReadInputTokenCount");
    OptionalLong written = first(counts, "cacheWriteInputTokens", "cacheWriteInputTokenCount");
    OptionalLong plain = first(counts, "inputTokens");
    OptionalLong input =
        plain.isEmpty()
            ? plain
            : OptionalLong.of(plain.getAsLong() + read.orElse(0) + written.orElse(0));
    return new Usage(input, first(counts, "outputTokens"), read, written, OptionalLong.empty());
  }

  private static OptionalLong first(JsonNode counts, String... names) {
    for (String name : names) {
      JsonNode count = counts.path(name);
      if (count.isIntegralNumber()
          && count.canConvertToLong()
          && count.longValue() >= 0
          && count.longValue() <= MAX_COUNT) {
        return OptionalLong.of(count.longValue());
      }
    }
    return OptionalLong.empty();
  }

  /// What the usage says beyond [#read]: how the cache was written (`cacheDetails`), the use of
  /// Bedrock's own tools; empty if nothing.
  static ObjectNode more(JsonNode counts) {
    ObjectNode more = ResponseJson.object();
    counts
        .properties()
        .forEach(
            member -> {
              if (!UNDERSTOOD.contains(member.getKey())
                  && !ResponseJson.saysNothing(member.getValue())) {
                more.set(member.getKey(), member.getValue());
              }
            });
    return more;
  }
}
