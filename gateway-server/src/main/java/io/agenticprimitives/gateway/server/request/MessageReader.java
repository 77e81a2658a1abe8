package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads messages in every accepted form.
final class MessageReader {
  private static final Set<String> PLAIN_FIELDS = Set.of("role", "content");
  private static final Set<String> RESULT_FIELDS =
      Set.of("role", "content", "tool_results", "tool_result");

  private final Faults faults;
  private final ContentReader content;
  private final AssistantReader assistant;

  MessageReader(Faults faults) {
    this.faults = faults;
    this.content = new ContentReader(faults);
    this.assistant = new AssistantReader(faults, content);
  }

  /// Reads one message; some forms are more than one in our vocabulary.
  void read(JsonNode message, Location place, List<Message> into) {
    if (has(message, "tool_results") || has(message, "tool_result")) {
      readResults(message, place, into);
      return;
    }
    JsonNode role = message.path("role");
    if (!role.isMissingNode() && !role.isTextual()) {
      faults.notAString(place.field("role"), role);
      return;
    }
    switch (role.asText("user").isEmpty() ? "user" : role.asText("user")) {
      case "system" -> into.add(systemPrompt(message, place, false));
      case "developer" -> into.add(systemPrompt(message, place, true));
      case "user" -> readUser(message, place, into);
      case "assistant" -> into.add(assistant.read(message, place));
      case "tool" -> readTool(message, place, into);
      default ->
          into.add(
              new Message.Other(
                  role.asText(), blocks(message, place), extras(message, PLAIN_FIELDS)));
    }
  }

  private static boolean has(JsonNode message, String field) {
    return message.hasNonNull(field);
  }

  private static Extras extras(JsonNode message, Set<String> known) {
    return RequestJson.extras(message, known);
  }

  private List<ContentBlock> blocks(JsonNode message, Location place) {
    return content.read(message.path("content"), place.field("content"));
  }

  private Message systemPrompt(JsonNode message, Location place, boolean developer) {
    return new Message.SystemPrompt(
        developer, blocks(message, place), extras(message, PLAIN_FIELDS));
  }

  /// Results of tools may stand among the parts of a user (Anthropic, Bedrock); they come first.
  private void readUser(JsonNode message, Location place, List<Message> into) {
    List<ContentBlock> blocks = blocks(message, place);
    List<ContentBlock> results = only(blocks, true);
    if (!results.isEmpty()) {
      into.add(new Message.Tool(results, Extras.NONE));
      blocks = only(blocks, false);
    }
    Extras extras = extras(message, PLAIN_FIELDS);
    if (results.isEmpty() || !blocks.isEmpty() || !extras.isEmpty()) {
      into.add(new Message.User(blocks, extras));
    }
  }

  private static List<ContentBlock> only(List<ContentBlock> blocks, boolean results) {
    return blocks.stream()
        .filter(block -> block instanceof ContentBlock.ToolResult == results)
        .toList();
  }

  /// OpenAI's form: one message for each result.
  private void readTool(JsonNode message, Location place, List<Message> into) {
    content
        .text(message, "tool_call_id", place)
        .ifPresent(
            id ->
                into.add(
                    new Message.Tool(
                        List.of(
                            new ContentBlock.ToolResult(
                                id,
                                content.readResult(message.path("content"), place.field("content")),
                                false,
                                extras(message, Set.of("role", "content", "tool_call_id")))),
                        Extras.NONE)));
  }

  /// Our form: all results of a turn in one message. Text beside them follows as the user's words.
  private void readResults(JsonNode message, Location place, List<Message> into) {
    List<ContentBlock> results = new ArrayList<>();
    JsonNode several = message.path("tool_results");
    if (several.isArray()) {
      for (int i = 0; i < several.size(); i++) {
        readResult(several.get(i), place.field("tool_results").item(i), results);
      }
    } else if (has(message, "tool_results")) {
      faults.notAList(place.field("tool_results"), several);
    }
    if (has(message, "tool_result")) {
      readResult(message.path("tool_result"), place.field("tool_result"), results);
    }
    into.add(new Message.Tool(results, extras(message, RESULT_FIELDS)));
    List<ContentBlock> beside = blocks(message, place);
    boolean empty =
        beside.stream()
            .allMatch(block -> block instanceof ContentBlock.Text text && text.text().isEmpty());
    if (!empty) {
      into.add(new Message.User(beside, Extras.NONE));
    }
  }

  private void readResult(JsonNode result, Location place, List<ContentBlock> into) {
    if (!result.isObject()) {
      faults.notADictionary(place, result);
      return;
    }
    Set<String> known = Set.of("tool_use_id", "content", "is_error", "status");
    boolean failed =
        result.path("is_error").asBoolean(false) || result.path("status").asText().equals("error");
    content
        .text(result, "tool_use_id", place)
        .ifPresent(
            id ->
                into.add(
                    new ContentBlock.ToolResult(
                        id,
                        content.readResult(result.path("content"), place.field("content")),
                        failed,
                        extras(result, known))));
  }
}
