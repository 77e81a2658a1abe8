package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;
import java.util.Optional;

/// Writes a whole answer as a `chat.completion`. What an upstream of the same dialect said beyond
/// the gateway's vocabulary stands where the upstream put it.
public final class ChatCompletionWriter {
  private final AnswerIdentity identity;
  private final Completion answer;
  private final JsonBuffer json;
  private final AnswerFields fields = new AnswerFields();
  private final boolean functionCall;

  private ChatCompletionWriter(
      Completion answer, AnswerIdentity identity, boolean functions, JsonBuffer json) {
    this.identity = identity;
    this.answer = answer;
    this.json = json;
    this.functionCall = functions && answer.toolCalls().size() == 1;
    answer.extensions().forEach(this::put);
    answer.reasoningBlocks().forEach(block -> block.field().ifPresent(this::put));
    answer.dialectFields().forEach(field -> fields.put(field.place(), field.name(), field.value()));
  }

  private void put(StreamEvent.Extension extension) {
    fields.put(extension.place(), extension.name(), extension.value());
  }

  /// Writes one answer.
  ///
  /// @param identity what the answer is called if its upstream does not say
  /// @param functions whether the caller offered its tools in the older form `functions`
  /// @param adjustments what of the request was not passed on as it was given
  public static void write(
      Completion answer,
      AnswerIdentity identity,
      boolean functions,
      List<Adjustment> adjustments,
      JsonBuffer json) {
    new ChatCompletionWriter(answer, identity, functions, json).write(adjustments);
  }

  private void write(List<Adjustment> adjustments) {
    Optional<JsonText> usage = fields.take(AnswerPlace.ANSWER, "usage");
    if (usage.isPresent()) {
      fields.take(AnswerPlace.ANSWER, "upstream_usage");
    }
    Optional<JsonText> otherChoices = fields.take(AnswerPlace.ANSWER, "choices");
    json.object();
    identity.write("chat.completion", answer.model(), fields, json);
    json.name("choices").array();
    writeChoice();
    otherChoices.ifPresent(json::elements);
    json.endArray();
    ChatFields.writeUsage(json, usage, answer.usage());
    ChatFields.writeAdjustments(json, adjustments);
    fields.drain(AnswerPlace.ANSWER, json);
    json.endObject();
  }

  private void writeChoice() {
    json.object().field("index", 0).name("message").object();
    writeMessage();
    json.endObject();
    Optional<JsonText> logprobs = fields.take(AnswerPlace.CHOICE, "logprobs");
    json.field("logprobs", logprobs.orElse(JsonText.NULL));
    ChatFields.writeFinishReason(
        json, answer.stopReason(), answer.upstreamStopReason(), functionCall);
    fields.drain(AnswerPlace.CHOICE, json);
    json.endObject();
  }

  private void writeMessage() {
    json.field("role", "assistant").name("content");
    boolean saysOther = !answer.toolCalls().isEmpty() || answer.stopReason() == StopReason.REFUSAL;
    if (answer.text().isEmpty() && saysOther) {
      json.nullValue();
    } else {
      json.value(answer.text());
    }
    json.name("refusal");
    if (answer.refusal().isEmpty()) {
      json.nullValue();
    } else {
      json.value(answer.refusal());
    }
    if (!answer.reasoning().isEmpty()) {
      json.field("reasoning_content", answer.reasoning());
    }
    writeOpaqueReasoning();
    writeCalls();
    fields.drain(AnswerPlace.MESSAGE, json);
  }

  private void writeOpaqueReasoning() {
    List<JsonText> blocks =
        answer.reasoningBlocks().stream()
            .filter(block -> block.field().isEmpty())
            .map(StreamEvent.ReasoningBlock::opaque)
            .toList();
    if (!blocks.isEmpty()) {
      json.name("reasoning_blocks").array();
      blocks.forEach(json::value);
      json.endArray();
    }
  }

  private void writeCalls() {
    if (answer.toolCalls().isEmpty()) {
      return;
    }
    if (functionCall) {
      ToolCall call = answer.toolCalls().getFirst();
      json.name("function_call").object();
      json.field("name", call.name()).field("arguments", call.arguments()).endObject();
      return;
    }
    json.name("tool_calls").array();
    for (int index = 0; index < answer.toolCalls().size(); index++) {
      writeCall(answer.toolCalls().get(index), AnswerPlace.toolCall(index));
    }
    json.endArray();
  }

  private void writeCall(ToolCall call, AnswerPlace place) {
    boolean custom = CustomToolCall.isType(fields.take(place, "type"));
    json.object().field("id", call.id());
    json.field("type", custom ? "custom" : "function").name(custom ? "custom" : "function");
    json.object().field("name", call.name());
    if (custom) {
      json.field("input", CustomToolCall.input(call.arguments()));
    } else {
      json.field("arguments", call.arguments());
    }
    json.endObject();
    fields.drain(place, json);
    json.endObject();
  }
}
