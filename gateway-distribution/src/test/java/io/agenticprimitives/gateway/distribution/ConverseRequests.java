package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/// Recorded requests of Converse, as callers of the native API write them, and what they say.
final class ConverseRequests {
  private static final Map<String, String> SAMPLING =
      Map.of(
          "maxTokens", "max_tokens",
          "temperature", "temperature",
          "topP", "top_p",
          "stopSequences", "stop");

  private ConverseRequests() {}

  /// A request that says the same to the gateway. One of another operation becomes a question to
  /// the same model.
  static String asNative(CorpusCase recorded) {
    String model = recorded.meta().path("model").asText();
    ObjectNode request = NativeClient.JSON.createObjectNode().put("model", model);
    ArrayNode messages = request.putArray("messages");
    if (!isConverse(recorded)) {
      messages.addObject().put("role", "user").put("content", "Hello");
      return request.toString();
    }
    ObjectNode body = recorded.recordedRequest();
    JsonNode system = body.path("system");
    if (!system.isEmpty()) {
      messages.addObject().put("role", "system").set("content", system);
    }
    messages.addAll((ArrayNode) body.path("messages"));
    SAMPLING.forEach(
        (theirs, ours) -> {
          if (body.path("inferenceConfig").has(theirs)) {
            request.set(ours, body.path("inferenceConfig").path(theirs));
          }
        });
    if (body.has("toolConfig")) {
      request.set("tools", body.path("toolConfig").path("tools"));
      if (body.path("toolConfig").has("toolChoice")) {
        request.set("tool_choice", body.path("toolConfig").path("toolChoice"));
      }
    }
    body.without(List.of("messages", "system", "inferenceConfig", "toolConfig"))
        .properties()
        .forEach(member -> request.set(member.getKey(), member.getValue()));
    return request.toString();
  }

  static boolean isConverse(CorpusCase recorded) {
    return recorded.meta().path("endpoint").asText().startsWith("converse");
  }

  /// A request without what says nothing: empty members and the default status of results.
  static JsonNode essence(JsonNode body) {
    ObjectNode essence = (ObjectNode) Numbers.normal(body);
    for (JsonNode result : essence.findValues("toolResult")) {
      if (result.path("status").asText().equals("success")) {
        ((ObjectNode) result).remove("status");
      }
    }
    if (essence.path("inferenceConfig") instanceof ObjectNode config
        && config.path("stopSequences").isEmpty()) {
      config.remove("stopSequences");
    }
    for (String member : List.of("system", "inferenceConfig", "additionalModelRequestFields")) {
      if (essence.path(member).isEmpty()) {
        essence.remove(member);
      }
    }
    return essence;
  }
}
