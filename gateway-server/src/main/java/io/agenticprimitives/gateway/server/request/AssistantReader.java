package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    for (ContentBlock block : content.read(message.path("content"), place.field("content"))) {
      if (!(block instanceof ContentBlock.Text text)
          || !text.text().isEmpty()
          || !text.extras().isEmpty()) {
        blocks.add(block);
      }
    }
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
  /// of the OpenAI dialect have for the former.
  private void readReasoning(
      JsonNode message, Location place, Set<String> known, List<ContentBlock> blocks) {
    for (String name : List.of("reasoning", "reasoning_content")) {
      JsonNode text = message.path(name);
      if (text.isTextual() && blocks.isEmpty()) {
        known.add(name);
        if (!text.textValue().isEmpty()) {
          blocks.add(new ContentBlock.Reasoning(text.textValue(), Optional.empty(), Extras.NONE));
        }
      }
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
}
