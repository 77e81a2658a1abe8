package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts the events of a streamed message ("Streaming messages" in the API's documentation) into the
/// gateway's words. Kinds of events that it does not know are passed over, as the API's versioning
/// policy asks; kinds of content are not. Not thread-safe.
final class AnswerDecoder {
  private final UpstreamErrors errors;
  private final Consumer<StreamEvent> events;
  private final Answer answer;
  private final Map<Integer, OpenBlock> open = new HashMap<>();
  private final UsageNumbers usage = new UsageNumbers();
  private boolean started;
  private @Nullable String stopReason;

  AnswerDecoder(UpstreamErrors errors, Consumer<StreamEvent> events) {
    this.errors = errors;
    this.events = events;
    this.answer = new Answer(events);
  }

  /// @param data of one event
  /// @throws BackendException if it is an error, or nothing that belongs here
  void decode(String data) {
    JsonNode event = Json.parse(data).orElseThrow(() -> broken("an event that is not JSON"));
    String type = event.path("type").asText("");
    if (!started && (type.startsWith("content_block") || type.equals("message_stop"))) {
      throw broken("an answer without a start");
    }
    switch (type) {
      case "message_start" -> start(event.path("message"));
      case "content_block_start" -> startBlock(event);
      case "content_block_delta" -> block(event).delta(event.path("delta"));
      case "content_block_stop" -> {
        block(event).end();
        open.remove(event.path("index").asInt());
      }
      case "message_delta" -> update(event);
      case "message_stop" -> stop();
      case "error" -> throw errors.ofEvent(event);
      default -> {
        // A ping, or a kind that is newer than this.
      }
    }
  }

  private void start(JsonNode message) {
    if (started) {
      throw broken("two answers at once");
    }
    started = true;
    usage.update(message.path("usage"));
    events.accept(new StreamEvent.Started(message.path("model").asText("")));
  }

  private void startBlock(JsonNode event) {
    JsonNode content = event.path("content_block");
    OpenBlock block =
        switch (content.path("type").asText("")) {
          case "text" -> new OpenBlock.Text(answer, content);
          case "thinking" -> new OpenBlock.Thinking(answer, content);
          case "redacted_thinking" -> new OpenBlock.RedactedThinking(answer, content);
          case "tool_use" -> new OpenBlock.ToolUse(answer, content);
          default -> new OpenBlock.Unknown(answer, content);
        };
    if (open.put(event.path("index").asInt(), block) != null) {
      throw broken("a block in the middle of another");
    }
  }

  private OpenBlock block(JsonNode event) {
    OpenBlock block = open.get(event.path("index").asInt());
    if (block == null) {
      throw broken("a part of a block that has not begun");
    }
    return block;
  }

  /// What becomes known of the message at its end. The numbers are totals.
  private void update(JsonNode event) {
    usage.update(event.path("usage"));
    JsonNode delta = event.path("delta");
    String reason = delta.path("stop_reason").asText("");
    if (!reason.isEmpty()) {
      stopReason = reason;
    }
    delta
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals("stop_reason") && !field.getValue().isNull()) {
                events.accept(
                    new StreamEvent.Extension(field.getKey(), Json.text(field.getValue())));
              }
            });
  }

  private void stop() {
    if (!open.isEmpty()) {
      throw broken("an end in the middle of a block");
    }
    if (stopReason == null) {
      throw new BackendException(
          ErrorKind.CUT, "The upstream ended its answer without saying that it is complete.");
    }
    answer.emitRest();
    events.accept(new StreamEvent.Finished(inCommon(stopReason), stopReason, usage.usage()));
  }

  private static StopReason inCommon(String reason) {
    return switch (reason) {
      case "tool_use" -> StopReason.TOOL_USE;
      case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_TOKENS;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "refusal" -> StopReason.REFUSAL;
      // Besides end_turn, a turn that may be continued (pause_turn), and words to come.
      default -> StopReason.END_TURN;
    };
  }

  private static BackendException broken(String what) {
    return new BackendException(ErrorKind.UPSTREAM_FAILURE, "The upstream sent " + what + ".");
  }
}
