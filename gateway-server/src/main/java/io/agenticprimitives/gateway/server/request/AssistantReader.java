package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what the model said in earlier turns: its reasoning, its text, its refusal and its calls,
/// in this order.
final class AssistantReader {
  private final Faults faults;
  private final ContentReader content;
  private final ToolCallReader calls;

  AssistantReader(Faults faults, ContentReader content) {
    this.faults = faults;
    this.content = content;
    this.calls = new ToolCallReader(faults, content);
  }

  Message read(JsonNode message, Location place) {
    Set<String> known = new HashSet<>(Set.of("role", "content", "tool_calls", "function_call"));
    List<ContentBlock> blocks = new ArrayList<>();
    readReasoning(message, place, known, blocks);
    blocks.addAll(content.read(message.path("content"), place.field("content")));
    JsonNode refusal = message.path("refusal");
    if (refusal.isTextual() || refusal.isNull()) {
      known.add("refusal");
      if (!refusal.asText("").isEmpty() && refusal.isTextual()) {
        blocks.add(new ContentBlock.Refusal(refusal.textValue(), Extras.NONE));
      }
    }
    blocks.addAll(calls.read(message.path("tool_calls"), place.field("tool_calls")));
    calls
        .legacy(message.path("function_call"), place.field("function_call"))
        .ifPresent(blocks::add);
    return new Message.Assistant(blocks, RequestJson.extras(message, known));
  }

  /// `reasoning` and `reasoning_blocks` are ours; `reasoning_content` is the name that most servers
  /// of the OpenAI dialect have for the former, and some have ours. A caller who gives both gets
  /// both through.
  private void readReasoning(
      JsonNode message, Location place, Set<String> known, List<ContentBlock> blocks) {
    JsonNode content = message.path("reasoning_content");
    JsonNode ours = message.path("reasoning");
    if (content.isTextual()) {
      known.add("reasoning_content");
      blocks.add(reasoning(content.textValue(), Extras.NONE));
    } else if (ours.isTextual()) {
      known.add("reasoning");
      Extras asWritten = new Extras(Map.of("reasoning", RequestJson.text(ours)));
      blocks.add(reasoning(ours.textValue(), asWritten));
    }
    JsonNode opaque = message.path("reasoning_blocks");
    known.add("reasoning_blocks");
    if (opaque.isArray()) {
      for (JsonNode block : opaque) {
        blocks.add(
            new ContentBlock.Reasoning("", Optional.of(RequestJson.text(block)), Extras.NONE));
      }
    } else if (!opaque.isNull() && !opaque.isMissingNode()) {
      faults.notAList(place.field("reasoning_blocks"), opaque);
    }
  }

  private static ContentBlock reasoning(String text, Extras extras) {
    return new ContentBlock.Reasoning(text, Optional.empty(), extras);
  }
}
