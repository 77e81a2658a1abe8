package com.example.anthropic;

import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.ArrayList;
import java.util.List;

/// Answers as Anthropic streams them.
final class Sse {
  static final String START =
      """
      {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
      "model":"claude-sonnet-5","content":[],"stop_reason":null,"stop_sequence":null,\
      "usage":{"input_tokens":10,"cache_creation_input_tokens":5,"cache_read_input_tokens":100,\
      "output_tokens":1}}}\
      """;
  static final String PING = "{\"type\":\"ping\"}";
  static final String STOP = "{\"type\":\"message_stop\"}";
  static final List<String> HELLO =
      answer(
          "end_turn",
          block(
              0,
              "{\"type\":\"text\",\"text\":\"\"}",
              text("Hello, "),
              text("wörld \uD83C\uDF0D!")));

  private Sse() {}

  /// The events of a whole answer.
  @SafeVarargs
  static List<String> answer(String stopReason, List<String>... blocks) {
    List<String> events = new ArrayList<>(List.of(START, PING));
    for (List<String> block : blocks) {
      events.addAll(block);
    }
    events.add(end(stopReason));
    events.add(STOP);
    return List.copyOf(events);
  }

  static String end(String stopReason) {
    return """
    {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},\
    "usage":{"output_tokens":42,"output_tokens_details":{"thinking_tokens":7}}}\
    """
        .formatted(stopReason);
  }

  /// @param deltas of the block
  static List<String> block(int index, String start, String... deltas) {
    List<String> events = new ArrayList<>();
    events.add(
        "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
            .formatted(index, start));
    for (String delta : deltas) {
      events.add(
          "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":%s}".formatted(index, delta));
    }
    events.add("{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index));
    return events;
  }

  static String text(String text) {
    return "{\"type\":\"text_delta\",\"text\":\"%s\"}".formatted(text);
  }

  static List<String> call(int index, String id, String name, String... pieces) {
    String start =
        "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}".formatted(id, name);
    String[] deltas = new String[pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      deltas[i] =
          Json.write(Json.object().put("type", "input_json_delta").put("partial_json", pieces[i]));
    }
    return block(index, start, deltas);
  }

  /// The bytes of events, each with its name.
  static String wire(List<String> events) {
    StringBuilder wire = new StringBuilder();
    for (String event : events) {
      String name = Json.parse(event).orElseThrow().path("type").asText();
      wire.append("event: ").append(name).append("\ndata: ").append(event).append("\n\n");
    }
    return wire.toString();
  }

  static Script complete(List<String> events) {
    return unfinished(events).then(new Step.EndChunks());
  }

  static Script unfinished(List<String> events) {
    return Script.of(
        Step.Respond.chunked(200, "text/event-stream; charset=utf-8"), new Step.Send(wire(events)));
  }
}
