package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes what the model said in earlier turns: its text, its tool calls, its refusal, and its
/// reasoning where the server wants to see it again.
final class AssistantEncoder {
  private static final JsonText CUSTOM = new JsonText("\"custom\"");
  private static final String REASONING = "reasoning_content";

  private final JsonGenerator json;
  private final ContentEncoder content;
  private final boolean openAi;
  private final Adjustments adjustments;

  AssistantEncoder(
      JsonGenerator json, ContentEncoder content, boolean openAi, Adjustments adjustments) {
    this.json = json;
    this.content = content;
    this.openAi = openAi;
    this.adjustments = adjustments;
  }

  /// A turn taken apart into the fields that it has in this dialect.
  private static final class Turn {
    final List<ContentBlock> said = new ArrayList<>();
    final List<ContentBlock.ToolUse> calls = new ArrayList<>();
    final List<ReasoningReplay> replays = new ArrayList<>();
    final StringBuilder reasoning = new StringBuilder();
    final StringBuilder refusal = new StringBuilder();
    final Map<String, JsonText> reasoningFields = new LinkedHashMap<>();
  }

  void write(Message.Assistant message, String path) throws IOException {
    Turn turn = takeApart(message, path);
    Set<String> written = new HashSet<>(Set.of("role", "content", "tool_calls"));
    json.writeStartObject();
    json.writeStringField("role", "assistant");
    writeContent(turn, path);
    if (!turn.refusal.isEmpty()) {
      json.writeStringField("refusal", turn.refusal.toString());
      written.add("refusal");
    }
    writeReasoning(turn, message, path, written);
    writeCalls(turn, written);
    RequestJson.writeExtras(json, message.extras(), written);
    json.writeEndObject();
  }

  private Turn takeApart(Message.Assistant message, String path) {
    Turn turn = new Turn();
    int index = 0;
    for (ContentBlock block : message.content()) {
      String here = path + ".content[" + index++ + "]";
      switch (block) {
        case ContentBlock.ToolUse call -> turn.calls.add(call);
        case ContentBlock.Refusal refusal -> turn.refusal.append(refusal.text());
        case ContentBlock.Reasoning reasoning -> takeReasoning(reasoning, here, turn);
        default -> turn.said.add(block);
      }
    }
    return turn;
  }

  private void takeReasoning(ContentBlock.Reasoning reasoning, String path, Turn turn) {
    turn.reasoning.append(reasoning.text());
    turn.reasoningFields.putAll(reasoning.extras().fields());
    if (reasoning.opaque().isEmpty()) {
      return;
    }
    Optional<ReasoningReplay> replay = ReasoningReplay.decode(reasoning.opaque().get());
    if (replay.isPresent()) {
      turn.replays.add(replay.get());
    } else {
      adjustments.dropped(path, "This reasoning comes from another kind of backend.");
    }
  }

  private void writeContent(Turn turn, String path) throws IOException {
    json.writeFieldName("content");
    List<ReasoningReplay> parts =
        turn.replays.stream()
            .filter(replay -> replay.field().equals(ReasoningReplay.CONTENT))
            .toList();
    if (!parts.isEmpty()) {
      json.writeStartArray();
      for (ReasoningReplay replay : parts) {
        // A list of parts: without its brackets it continues the list around it.
        String list = replay.value().text().strip();
        json.writeRawValue(list.substring(1, list.length() - 1));
      }
      content.writeParts(turn.said, path + ".content");
      json.writeEndArray();
    } else if (turn.said.isEmpty() && (!turn.calls.isEmpty() || !turn.refusal.isEmpty())) {
      json.writeNull();
    } else {
      content.write(turn.said, path + ".content");
    }
  }

  private void writeReasoning(
      Turn turn, Message.Assistant message, String path, Set<String> written) throws IOException {
    for (ReasoningReplay replay : turn.replays) {
      boolean ofMessage =
          replay.toolCall().isEmpty() && !replay.field().equals(ReasoningReplay.CONTENT);
      if (ofMessage && written.add(replay.field())) {
        RequestJson.writeRaw(json, replay.field(), replay.value());
      }
    }
    if (openAi) {
      // The names under which callers send what they got from other servers, or from this gateway.
      boolean given = !turn.reasoning.isEmpty();
      for (String name : List.of("reasoning", REASONING)) {
        written.add(name);
        given |= message.extras().fields().containsKey(name);
      }
      if (given) {
        adjustments.dropped(path + ".reasoning", "OpenAI takes no reasoning back in messages.");
      }
    } else if (!turn.reasoning.isEmpty()
        && !message.extras().fields().containsKey(REASONING)
        && written.add(REASONING)) {
      json.writeStringField(REASONING, turn.reasoning.toString());
      RequestJson.writeExtras(json, new Extras(turn.reasoningFields), written);
      written.addAll(turn.reasoningFields.keySet());
    }
  }

  private void writeCalls(Turn turn, Set<String> written) throws IOException {
    if (turn.calls.isEmpty()) {
      return;
    }
    if (turn.calls.size() == 1 && turn.calls.getFirst().id().isEmpty()) {
      // The oldest form, which has no ids.
      written.add("function_call");
      json.writeObjectFieldStart("function_call");
      writeFunction(turn.calls.getFirst(), "arguments");
      return;
    }
    json.writeArrayFieldStart("tool_calls");
    for (int i = 0; i < turn.calls.size(); i++) {
      writeCall(turn.calls.get(i), i, turn.replays);
    }
    json.writeEndArray();
  }

  private void writeCall(ContentBlock.ToolUse call, int index, List<ReasoningReplay> replays)
      throws IOException {
    Set<String> written = new HashSet<>(Set.of("id", "type", "function", "custom"));
    boolean custom = CUSTOM.equals(call.extras().fields().get("type"));
    json.writeStartObject();
    json.writeStringField("id", call.id());
    json.writeStringField("type", custom ? "custom" : "function");
    json.writeObjectFieldStart(custom ? "custom" : "function");
    writeFunction(call, custom ? "input" : "arguments");
    for (ReasoningReplay replay : replays) {
      if (replay.toolCall().orElse(-1) == index && written.add(replay.field())) {
        RequestJson.writeRaw(json, replay.field(), replay.value());
      }
    }
    RequestJson.writeExtras(json, call.extras(), written);
    json.writeEndObject();
  }

  private void writeFunction(ContentBlock.ToolUse call, String argumentsField) throws IOException {
    json.writeStringField("name", call.name());
    json.writeStringField(
        argumentsField, argumentsField.equals("input") ? freeText(call) : call.arguments());
    json.writeEndObject();
  }

  /// The input of a custom tool travels as a JSON string.
  private static String freeText(ContentBlock.ToolUse call) {
    JsonNode value = ResponseJson.treeOrNull(call.arguments());
    return value != null && value.isTextual() ? value.textValue() : call.arguments();
  }
}
