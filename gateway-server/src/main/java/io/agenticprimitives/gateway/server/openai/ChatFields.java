package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.AdjustmentJson;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;
import java.util.Optional;

/// The parts that a whole answer and a stream have in common.
final class ChatFields {
  private ChatFields() {}

  /// Writes `finish_reason`, and beside it the upstream's own word if that is another.
  ///
  /// @param functionCall whether the one call of the answer is in the older form `function_call`
  static void writeFinishReason(
      JsonBuffer json, StopReason stopReason, String upstreamWord, boolean functionCall) {
    String word =
        switch (stopReason) {
          case END_TURN, STOP_SEQUENCE, REFUSAL -> "stop";
          case TOOL_USE -> functionCall ? "function_call" : "tool_calls";
          case MAX_TOKENS -> "length";
          case CONTENT_FILTER -> "content_filter";
        };
    json.field("finish_reason", word);
    if (!upstreamWord.isEmpty() && !upstreamWord.equals(word)) {
      json.field("upstream_finish_reason", upstreamWord);
    }
  }

  /// Writes the usage: the upstream's own object if it speaks this dialect, else one made of what
  /// is known, else nothing.
  ///
  /// @return whether anything was written
  static boolean writeUsage(JsonBuffer json, Optional<JsonText> upstream, Usage usage) {
    if (upstream.isPresent()) {
      json.field("usage", upstream.get());
      return true;
    }
    if (!usage.isKnown()) {
      return false;
    }
    long input = usage.inputTokens().orElse(0);
    long output = usage.outputTokens().orElse(0);
    json.name("usage")
        .object()
        .field("prompt_tokens", input)
        .field("completion_tokens", output)
        .field("total_tokens", input + output);
    boolean cache =
        usage.cacheReadInputTokens().isPresent() || usage.cacheWriteInputTokens().isPresent();
    if (cache) {
      json.name("prompt_tokens_details").object();
      json.field("cached_tokens", usage.cacheReadInputTokens().orElse(0));
      usage.cacheWriteInputTokens().ifPresent(tokens -> json.field("cache_write_tokens", tokens));
      json.endObject();
    }
    usage
        .reasoningTokens()
        .ifPresent(
            tokens ->
                json.name("completion_tokens_details")
                    .object()
                    .field("reasoning_tokens", tokens)
                    .endObject());
    json.endObject();
    return true;
  }

  /// Writes what of the request was not passed on as it was given, if there is any such thing.
  static void writeAdjustments(JsonBuffer json, List<Adjustment> adjustments) {
    if (!adjustments.isEmpty()) {
      json.name("adjustments").array();
      adjustments.forEach(adjustment -> AdjustmentJson.write(adjustment, json));
      json.endArray();
    }
  }
}
