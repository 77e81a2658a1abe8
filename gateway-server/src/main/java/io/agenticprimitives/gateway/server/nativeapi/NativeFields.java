package io.agenticprimitives.gateway.server.nativeapi;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.AdjustmentJson;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// The parts that a whole answer and a stream have in common.
final class NativeFields {
  /// The keys of the metadata event that are the gateway's own.
  private static final Set<String> RESERVED =
      Set.of("type", "usage", "upstream_stop_reason", "adjustments");

  private NativeFields() {}

  /// `{}` if nothing is known; else input and output always, and the rest as far as it is known.
  static void writeUsage(JsonBuffer json, Usage usage) {
    json.name("usage").object();
    if (usage.isKnown()) {
      json.field("input_tokens", usage.inputTokens().orElse(0));
      json.field("output_tokens", usage.outputTokens().orElse(0));
      writeKnown(json, "cache_read_input_tokens", usage.cacheReadInputTokens());
      writeKnown(json, "cache_write_input_tokens", usage.cacheWriteInputTokens());
      writeKnown(json, "reasoning_tokens", usage.reasoningTokens());
    }
    json.endObject();
  }

  private static void writeKnown(JsonBuffer json, String name, OptionalLong tokens) {
    if (tokens.isPresent()) {
      json.field(name, tokens.getAsLong());
    }
  }

  /// The fields of the metadata, without the braces around them. An extension that has the name of
  /// one of the gateway's own fields is found under `upstream_<name>`.
  static void writeMetadata(
      JsonBuffer json,
      String upstreamStopReason,
      List<Adjustment> adjustments,
      Map<String, JsonText> extensions) {
    if (!upstreamStopReason.isEmpty()) {
      json.field("upstream_stop_reason", upstreamStopReason);
    }
    if (!adjustments.isEmpty()) {
      json.name("adjustments").array();
      adjustments.forEach(adjustment -> AdjustmentJson.write(adjustment, json));
      json.endArray();
    }
    extensions.forEach(
        (name, value) -> json.field(RESERVED.contains(name) ? "upstream_" + name : name, value));
  }

  /// The arguments of a call as a value: `{}` if the model wrote none, `{"raw": text}` if what it
  /// wrote is not JSON (it ran out of tokens, say).
  static void writeInput(JsonBuffer json, String arguments) {
    json.name("input");
    String written = arguments.strip();
    if (written.isEmpty() || written.equals("null")) {
      json.value(JsonText.EMPTY_OBJECT);
    } else if (JsonText.isValid(written)) {
      json.value(new JsonText(written));
    } else {
      json.object().field("raw", arguments).endObject();
    }
  }
}
