package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Writes the messages of a conversation.
final class MessageEncoder {
  private static final Set<String> OWN_FIELDS = Set.of("role", "content");

  private final JsonGenerator json;
  private final ContentEncoder content;
  private final AssistantEncoder assistant;
  private final Adjustments adjustments;

  /// @param openAi whether the server is OpenAI's own, which refuses reasoning in messages
  MessageEncoder(JsonGenerator json, boolean openAi, Adjustments adjustments) {
    this.json = json;
    this.adjustments = adjustments;
    this.content = new ContentEncoder(json, adjustments);
    this.assistant = new AssistantEncoder(json, content, openAi, adjustments);
  }

  /// @param path of the message in the request, for reports
  void write(Message message, String path) throws IOException {
    switch (message) {
      case Message.SystemPrompt system ->
          write(
              system.developer() ? "developer" : "system", system.content(), system.extras(), path);
      case Message.User user -> write("user", user.content(), user.extras(), path);
      case Message.Assistant turn -> assistant.write(turn, path);
      case Message.Tool tool -> writeResults(tool, path);
      case Message.Other other -> write(other.role(), other.content(), other.extras(), path);
      default ->
          throw new BackendException(
              ErrorKind.UNSUPPORTED,
              "This provider is older than the gateway and does not know what is in '"
                  + path
                  + "'.");
    }
  }

  private void write(String role, List<ContentBlock> blocks, Extras extras, String path)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeFieldName("content");
    content.write(blocks, path + ".content");
    RequestJson.writeExtras(json, extras, OWN_FIELDS);
    json.writeEndObject();
  }

  /// Each result is a message of its own.
  private void writeResults(Message.Tool tool, String path) throws IOException {
    int index = 0;
    for (ContentBlock.ToolResult result : tool.results()) {
      String here = path + ".tool_results[" + index++ + "]";
      json.writeStartObject();
      json.writeStringField("role", "tool");
      json.writeStringField("tool_call_id", result.toolUseId());
      json.writeFieldName("content");
      content.write(result.content(), here + ".content");
      if (result.error()) {
        adjustments.dropped(
            here + ".is_error",
            "The OpenAI dialect cannot mark a result as failed; its content says so or nothing"
                + " does.");
      }
      RequestJson.writeExtras(json, result.extras(), Set.of("role", "content", "tool_call_id"));
      RequestJson.writeExtras(
          json, tool.extras(), Set.of("role", "content", "tool_call_id", "is_error"));
      json.writeEndObject();
    }
  }
}
