package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a caller makes of an answer of the native API, streamed or not.
///
/// @param errorStatus 0 if the answer is complete
/// @param errorKind only in streams that failed after they had begun
/// @param metadata without the usage
record Answer(
    int errorStatus,
    String errorKind,
    String errorDetail,
    String model,
    String text,
    String reasoning,
    String refusal,
    List<JsonNode> reasoningBlocks,
    List<Call> calls,
    JsonNode stopReason,
    JsonNode usage,
    ObjectNode metadata) {

  record Call(String id, String name, JsonNode input) {}

  static Answer whole(HttpResponse<String> response) {
    JsonNode body = NativeClient.json(response.body());
    if (response.statusCode() != 200) {
      return failed(response.statusCode(), body.path("detail").asText());
    }
    List<Call> calls = new ArrayList<>();
    body.path("tool_calls").forEach(call -> calls.add(call(call)));
    List<JsonNode> blocks = new ArrayList<>();
    body.path("reasoning_blocks").forEach(blocks::add);
    return new Answer(
        0,
        "",
        "",
        body.path("model").asText(),
        body.path("content").asText(),
        body.path("reasoning").asText(),
        body.path("refusal").asText(),
        blocks,
        calls,
        body.path("stop_reason"),
        body.path("usage"),
        (ObjectNode) body.path("metadata"));
  }

  private static Answer failed(int status, String detail) {
    NullNode none = NullNode.getInstance();
    ObjectNode metadata = NativeClient.JSON.createObjectNode();
    return new Answer(
        status, "", detail, "", "", "", "", List.of(), List.of(), none, none, metadata);
  }

  /// The upstream's own word for the stop reason; missing or null if it had none.
  JsonNode upstreamStopReason() {
    return metadata.path("upstream_stop_reason");
  }

  /// What the answer says beyond the vocabulary of the gateway.
  ObjectNode extensions() {
    return metadata.deepCopy().without(List.of("upstream_stop_reason", "adjustments"));
  }

  private static Call call(JsonNode call) {
    return new Call(call.path("id").asText(), call.path("name").asText(), call.path("input"));
  }

  static Answer streamed(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return whole(response);
    }
    Collector collector = new Collector();
    NativeClient.events(response.body()).forEach(collector::add);
    return collector.answer();
  }

  private static final class Collector {
    private int errorStatus;
    private String errorKind = "";
    private String errorDetail = "";
    private String model = "";
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final List<JsonNode> reasoningBlocks = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, JsonNode> inputs = new LinkedHashMap<>();
    private JsonNode stopReason = NullNode.getInstance();
    private JsonNode usage = NullNode.getInstance();
    private ObjectNode metadata = NativeClient.JSON.createObjectNode();

    void add(JsonNode event) {
      String delta = event.path("delta").asText();
      switch (event.path("type").asText()) {
        case "content_delta" -> text.append(delta);
        case "reasoning_delta" -> reasoning.append(delta);
        case "reasoning_block" -> reasoningBlocks.add(event.path("block"));
        case "refusal_delta" -> refusal.append(delta);
        case "tool_use_start" -> names.put(event.path("id").asText(), event.path("name").asText());
        case "tool_use_complete" -> inputs.put(event.path("id").asText(), event.path("input"));
        case "message_stop" -> {
          if (!stopReason.isNull()) {
            throw new AssertionError("message_stop came twice");
          }
          stopReason = event.path("stop_reason");
          model = event.path("model").asText();
        }
        case "metadata" -> {
          usage = event.path("usage");
          metadata = event.<ObjectNode>deepCopy().without(List.of("type", "usage"));
        }
        case "error" -> {
          errorStatus = event.path("status").asInt();
          errorKind = event.path("kind").asText();
          errorDetail = event.path("detail").asText();
        }
        default -> {}
      }
    }

    Answer answer() {
      List<Call> calls = new ArrayList<>();
      names.forEach(
          (id, name) ->
              calls.add(new Call(id, name, inputs.getOrDefault(id, MissingNode.getInstance()))));
      return new Answer(
          errorStatus,
          errorKind,
          errorDetail,
          model,
          text.toString(),
          reasoning.toString(),
          refusal.toString(),
          reasoningBlocks,
          calls,
          stopReason,
          usage,
          metadata);
    }
  }
}
