package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.testkit.Script;
import java.util.ArrayList;
import java.util.List;

/// What an Anthropic API may answer.
final class AnthropicWords {
  private static final String START =
      """
      {"type":"message_start","message":{"id":"msg_1","role":"assistant","model":"claude-x",\
      "content":[],"usage":{"input_tokens":10,"cache_read_input_tokens":20,"output_tokens":1}}}\
      """;
  private static final String STOP = "{\"type\":\"message_stop\"}";

  /// The block of reasoning of [#CALLS], as it must come back.
  static final String THINKING =
      "{\"type\":\"thinking\",\"thinking\":\"Rome, then.\",\"signature\":\"c2lnbmVk\"}";

  /// Two calls, after some reasoning and a word.
  static final Script CALLS =
      Script.sse(
          START,
          start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
          delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Rome, then.\"}"),
          delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2lnbmVk\"}"),
          stop(0),
          start(1, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":{}}"),
          delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\":\"}"),
          delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\" \\\"Rome\\\"}\"}"),
          stop(1),
          start(2, "{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"now\",\"input\":{}}"),
          stop(2),
          end("tool_use"),
          STOP);

  static final Script OVERLOADED =
      Script.json(
              529,
              "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"}}")
          .withHeader("Retry-After", "7");

  /// It breaks off after a word.
  static final Script BEGINS = Script.sseUnfinished(START, textStart(), text("Sun"));

  static final Script MODELS =
      Script.json(200, "{\"data\":[{\"type\":\"model\",\"id\":\"claude-x\"}],\"has_more\":false}");

  private AnthropicWords() {}

  /// @param pieces of the text
  static Script says(String... pieces) {
    List<String> events = new ArrayList<>(List.of(START, textStart()));
    for (String piece : pieces) {
      events.add(text(piece));
    }
    events.addAll(List.of(stop(0), end("end_turn"), STOP));
    return Script.sse(events.toArray(String[]::new));
  }

  private static String textStart() {
    return start(0, "{\"type\":\"text\",\"text\":\"\"}");
  }

  private static String text(String text) {
    return delta(0, "{\"type\":\"text_delta\",\"text\":\"%s\"}".formatted(text));
  }

  private static String start(int index, String block) {
    return "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
        .formatted(index, block);
  }

  private static String delta(int index, String delta) {
    return "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":%s}".formatted(index, delta);
  }

  private static String stop(int index) {
    return "{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index);
  }

  private static String end(String reason) {
    return """
    {"type":"message_delta","delta":{"stop_reason":"%s"},"usage":{"output_tokens":9}}\
    """
        .formatted(reason);
  }
}
