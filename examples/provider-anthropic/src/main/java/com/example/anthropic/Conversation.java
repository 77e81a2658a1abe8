package com.example.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.List;
import java.util.Set;

/// Writes the messages and, apart from them, the system prompt. What follows each other under one
/// role becomes one message: results of tools must all stand in the one after their calls.
final class Conversation {
  private final Notes notes;
  private final Blocks blocks;
  private final ObjectNode body;
  private final ArrayNode system = Json.array();
  private final ArrayNode messages = Json.array();

  /// @param body of the request
  Conversation(Notes notes, ObjectNode body) {
    this.notes = notes;
    this.blocks = new Blocks(notes);
    this.body = body;
  }

  void write(List<Message> conversation) {
    for (int i = 0; i < conversation.size(); i++) {
      write(conversation.get(i), "messages[" + i + "]");
    }
    if (!system.isEmpty()) {
      body.set("system", system);
    }
    body.set("messages", messages);
  }

  private void write(Message message, String path) {
    notes.unknown(path, message.extras(), Set.of());
    switch (message) {
      case Message.SystemPrompt prompt -> instruct(prompt, path);
      case Message.User user -> say("user", user, path);
      case Message.Assistant assistant -> say("assistant", assistant, path);
      case Message.Tool results -> say("user", results, path);
      default -> throw Notes.unsupported(path, "a message of this role");
    }
  }

  private void instruct(Message.SystemPrompt prompt, String path) {
    if (!messages.isEmpty()) {
      notes.changed(path, "Anthropic takes instructions before the conversation only.");
    }
    blocks.write(prompt.content(), path, system);
  }

  private void say(String role, Message message, String path) {
    ArrayNode content = Json.array();
    blocks.write(message.content(), path, content);
    if (content.isEmpty()) {
      notes.dropped(path, "Anthropic takes no message without content.");
    } else if (role.equals(messages.path(messages.size() - 1).path("role").asText())) {
      ((ArrayNode) messages.path(messages.size() - 1).path("content")).addAll(content);
    } else {
      messages.addObject().put("role", role).set("content", content);
    }
  }
}
