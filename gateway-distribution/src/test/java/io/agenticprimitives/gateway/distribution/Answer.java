package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a caller makes of an answer of the native API, streamed or not.
///
/// @param errorStatus 0 if the answer is complete
record Answer(
    int errorStatus,
    String errorDetail,
    String model,
    String text,
    String reasoning,
    String refusal,
    List<Call> calls,
    JsonNode stopReason,
    JsonNode upstreamStopReason,
    JsonNode usage) {

  record Call(String id, String name, JsonNode input) {}

  static Answer whole(HttpResponse<String> response) {
    JsonNode body = NativeClient.json(response.body());
    if (response.statusCode() != 200) {
      return failed(response.statusCode(), body.path("detail").asText());
    }
    List<Call> calls = new ArrayList<>();
    body.path("tool_calls").forEach(call -> calls.add(call(call)));
    return new Answer(
        0,
        "",
        body.path("model").asText(),
        body.path("content").asText(),
        body.path("reasoning").asText(),
        body.path("refusal").asText(),
        calls,
        body.path("stop_reason"),
        body.path("metadata").path("upstream_stop_reason"),
        body.path("usage"));
  }

  private static Answer failed(int status, String detail) {
    NullNode none = NullNode.getInstance();
    return new Answer(status, detail, "", "", "", "", List.of(), none, none, none);
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
    private String errorDetail = "";
    private String model = "";
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, JsonNode> inputs = new LinkedHashMap<>();
    private JsonNode stopReason = NullNode.getInstance();
    private JsonNode upstreamStopReason = NullNode.getInstance();
    private JsonNode usage = NullNode.getInstance();

    void add(JsonNode event) {
      String delta = event.path("delta").asText();
      switch (event.path("type").asText()) {
        case "content_delta" -> text.append(delta);
        case "reasoning_delta" -> reasoning.append(delta);
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
          upstreamStopReason = event.path("upstream_stop_reason");
        }
        case "error" -> {
          errorStatus = event.path("status").asInt();
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
          errorDetail,
          model,
          text.toString(),
          reasoning.toString(),
          refusal.toString(),
          calls,
          stopReason,
          upstreamStopReason,
          usage);
    }
  }
}
