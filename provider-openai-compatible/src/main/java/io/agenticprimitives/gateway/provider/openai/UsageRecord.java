package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The token counts of an answer. Servers send them once, on every chunk (growing, or null until
/// the end), or twice: the last object with both input and output counts. Numbers are the
/// upstream's own; nothing is added up.
final class UsageRecord {
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "prompt_tokens",
          "completion_tokens",
          "input_tokens",
          "output_tokens",
          "total_tokens",
          "cached_tokens",
          "prompt_cache_hit_tokens",
          "num_cached_tokens",
          "cache_read_input_tokens",
          "cache_creation_input_tokens",
          "cache_write_input_tokens",
          "cache_write_tokens",
          "cache_creation_tokens",
          "reasoning_tokens",
          "prompt_tokens_details",
          "completion_tokens_details",
          "input_tokens_details",
          "output_tokens_details");

  private @Nullable JsonNode last;
  private boolean complete;

  /// Takes in what an upstream calls its usage; anything but an object is ignored.
  void offer(JsonNode usage) {
    if (ResponseJson.saysNothing(usage) || !usage.isObject()) {
      return;
    }
    boolean isComplete = input(usage).isPresent() && output(usage).isPresent();
    if (isComplete || !complete) {
      last = usage;
      complete = isComplete;
    }
  }

  Usage usage() {
    JsonNode usage = last;
    if (usage == null) {
      return Usage.UNKNOWN;
    }
    JsonNode inputDetails = details(usage, "prompt_tokens_details", "input_tokens_details");
    JsonNode outputDetails = details(usage, "completion_tokens_details", "output_tokens_details");
    OptionalLong read = first(inputDetails, "cached_tokens", "cache_read_input_tokens");
    OptionalLong written = first(inputDetails, "cache_write_tokens", "cache_creation_tokens");
    OptionalLong reasoning = first(outputDetails, "reasoning_tokens");
    return new Usage(
        input(usage),
        output(usage),
        read.isPresent()
            ? read
            : first(
                usage,
                "cache_read_input_tokens",
                "cached_tokens",
                "prompt_cache_hit_tokens",
                "num_cached_tokens"),
        written.isPresent()
            ? written
            : first(usage, "cache_creation_input_tokens", "cache_write_input_tokens"),
        reasoning.isPresent() ? reasoning : first(usage, "reasoning_tokens"));
  }

  /// The upstream's object; null if there was none.
  @Nullable JsonNode raw() {
    return last;
  }

  /// Whether the upstream's object says more than [#usage()] can: costs, times, tokens of sound, a
  /// total that is not the sum.
  boolean saysMore() {
    JsonNode usage = last;
    if (usage == null) {
      return false;
    }
    OptionalLong total = first(usage, "total_tokens");
    boolean sum =
        total.isEmpty() || total.getAsLong() == input(usage).orElse(0) + output(usage).orElse(0);
    return !(sum && isUnderstood(usage));
  }

  private static boolean isUnderstood(JsonNode usage) {
    return usage.properties().stream()
        .allMatch(
            field ->
                isFiller(field.getValue())
                    || (UNDERSTOOD.contains(field.getKey())
                        && (!field.getValue().isObject() || isUnderstood(field.getValue()))));
  }

  private static boolean isFiller(JsonNode value) {
    return (value.isNumber() && value.doubleValue() == 0) || ResponseJson.saysNothing(value);
  }

  private static OptionalLong input(JsonNode usage) {
    return first(usage, "prompt_tokens", "input_tokens");
  }

  private static OptionalLong output(JsonNode usage) {
    return first(usage, "completion_tokens", "output_tokens");
  }

  private static JsonNode details(JsonNode usage, String name, String otherName) {
    JsonNode details = usage.path(name);
    return details.isObject() ? details : usage.path(otherName);
  }

  private static OptionalLong first(JsonNode counts, String... names) {
    for (String name : names) {
      JsonNode count = counts.path(name);
      if (count.isNumber() && count.canConvertToLong() && count.longValue() >= 0) {
        return OptionalLong.of(count.longValue());
      }
    }
    return OptionalLong.empty();
  }
}
