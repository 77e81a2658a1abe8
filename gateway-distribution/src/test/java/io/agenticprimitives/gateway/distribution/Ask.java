package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The four ways to ask for a completion.
enum Ask {
  NATIVE_STREAM("/api/v1/llm/completions/stream"),
  NATIVE_WHOLE("/api/v1/llm/completions"),
  CHAT_STREAM("/v1/chat/completions"),
  CHAT_WHOLE("/v1/chat/completions");

  final String path;

  Ask(String path) {
    this.path = path;
  }

  boolean isStreamed() {
    return this == NATIVE_STREAM || this == CHAT_STREAM;
  }

  boolean isChat() {
    return this == CHAT_STREAM || this == CHAT_WHOLE;
  }

  /// The body of a request that says this to a model.
  String body(String model, String text) {
    ObjectNode body = NativeClient.JSON.createObjectNode().put("model", model);
    body.putArray("messages").addObject().put("role", "user").put("content", text);
    if (this == CHAT_STREAM) {
      body.put("stream", true);
    }
    return body.toString();
  }
}
