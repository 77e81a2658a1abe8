package io.agenticprimitives.gateway.server.nativeapi;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a whole answer: the six keys of the original project always (`model`, `content`, `usage`,
/// `metadata`, `tool_calls`, `stop_reason`), and `reasoning`, `reasoning_blocks` and `refusal` when
/// there is something to put there.
public final class NativeCompletionWriter {
  private NativeCompletionWriter() {}

  /// Writes one answer.
  ///
  /// @param adjustments what of the request was not passed on as it was given
  public static void write(Completion completion, List<Adjustment> adjustments, JsonBuffer json) {
    json.object().field("model", completion.model()).field("content", completion.text());
    NativeFields.writeUsage(json, completion.usage());
    json.name("metadata").object();
    Map<String, JsonText> extensions = new LinkedHashMap<>();
    completion
        .extensions()
        .forEach(extension -> extensions.put(extension.name(), extension.value()));
    NativeFields.writeMetadata(json, completion.upstreamStopReason(), adjustments, extensions);
    json.endObject();
    writeToolCalls(json, completion.toolCalls());
    json.field("stop_reason", completion.stopReason().wireName());
    if (!completion.reasoning().isEmpty()) {
      json.field("reasoning", completion.reasoning());
    }
    if (!completion.reasoningBlocks().isEmpty()) {
      json.name("reasoning_blocks").array();
      completion.reasoningBlocks().forEach(block -> json.value(block.opaque()));
      json.endArray();
    }
    if (!completion.refusal().isEmpty()) {
      json.field("refusal", completion.refusal());
    }
    json.endObject();
  }

  private static void writeToolCalls(JsonBuffer json, List<ToolCall> calls) {
    json.name("tool_calls");
    if (calls.isEmpty()) {
      json.nullValue();
      return;
    }
    json.array();
    for (ToolCall call : calls) {
      json.object().field("id", call.id()).field("name", call.name());
      NativeFields.writeInput(json, call.arguments());
      json.endObject();
    }
    json.endArray();
  }
}
