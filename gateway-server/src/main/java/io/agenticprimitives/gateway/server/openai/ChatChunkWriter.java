package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.EventWriter;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes the chunks of one streamed answer (`chat.completion.chunk`): the role once, the deltas as
/// they come, the finish reason in a chunk of its own, then the usage in one with an empty list of
/// choices if the caller wants it, then `[DONE]`. A stream that fails ends in an error and has
/// neither. Not thread-safe.
public final class ChatChunkWriter implements EventWriter {
  private final JsonBuffer json;
  private final AnswerIdentity identity;
  private final boolean wantsUsage;
  private final Supplier<List<Adjustment>> adjustments;
  private final ChunkToolCalls calls;
  private final AnswerFields fields = new AnswerFields();
  private final List<JsonText> reasoningBlocks = new ArrayList<>();

  /// What was written as it came and is not written again when it comes added up.
  private final Set<Told> told = new HashSet<>();

  private String model = "";
  private boolean roleWritten;

  /// Everything that stands before the delta in each chunk; null before the first.
  private @Nullable String prefix;

  private record Told(AnswerPlace place, String name) {}

  /// @param identity what the answer is called if its upstream does not say
  /// @param functions whether the caller offered its tools in the older form `functions`
  /// @param wantsUsage whether the caller wants the chunk with the usage
  /// @param adjustments asked for at the end of the stream
  /// @param json where the chunks are put, framed and ready to be sent
  public ChatChunkWriter(
      AnswerIdentity identity,
      boolean functions,
      boolean wantsUsage,
      Supplier<List<Adjustment>> adjustments,
      JsonBuffer json) {
    this.identity = identity;
    this.wantsUsage = wantsUsage;
    this.adjustments = adjustments;
    this.json = json;
    this.calls = new ChunkToolCalls(functions, fields, this::delta, json);
  }

  @Override
  public void write(StreamEvent event) {
    switch (event) {
      case StreamEvent.Started started -> model = started.model();
      case StreamEvent.TextDelta delta -> writeText("content", delta.text());
      case StreamEvent.ReasoningDelta delta -> writeText("reasoning_content", delta.text());
      case StreamEvent.RefusalDelta delta -> writeText("refusal", delta.text());
      case StreamEvent.ReasoningBlock block -> keep(block);
      case StreamEvent.ToolCallStarted call -> calls.started(call);
      case StreamEvent.ToolCallDelta delta -> calls.delta(delta);
      case StreamEvent.ToolCallEnded ended -> calls.ended(ended);
      case StreamEvent.Extension extension -> keep(extension);
      case StreamEvent.DialectField field -> writeField(field);
      case StreamEvent.Finished finished -> writeEnd(finished);
    }
  }

  private void writeText(String name, String text) {
    delta(() -> json.field(name, text));
  }

  private void keep(StreamEvent.ReasoningBlock block) {
    if (block.field().isPresent()) {
      keep(block.field().get());
    } else {
      reasoningBlocks.add(block.opaque());
    }
  }

  private void keep(StreamEvent.Extension extension) {
    if (!told.contains(new Told(extension.place(), extension.name()))) {
      fields.put(extension.place(), extension.name(), extension.value());
    }
  }

  private void writeField(StreamEvent.DialectField field) {
    AnswerPlace place = field.place();
    String name = field.name();
    told.add(new Told(place, name));
    switch (place.level()) {
      case ANSWER -> fields.put(place, name, field.value());
      case CHOICE -> choice(() -> {}, () -> AnswerFields.write(place, name, field.value(), json));
      case MESSAGE -> delta(() -> AnswerFields.write(place, name, field.value(), json));
      case TOOL_CALL -> calls.field(field);
      case OTHER_CHOICE -> {
        told.add(new Told(AnswerPlace.ANSWER, "choices"));
        json.framing(start()).array().value(field.value()).endArray();
        end();
      }
    }
  }

  /// One chunk with a delta.
  private void delta(Runnable members) {
    choice(members, () -> {});
  }

  private void choice(Runnable members, Runnable beside) {
    openDelta();
    members.run();
    json.endObject();
    json.name("finish_reason").nullValue();
    beside.run();
    json.endObject().endArray();
    end();
  }

  private void openDelta() {
    json.framing(start()).array().object().field("index", 0).name("delta").object();
    if (!roleWritten) {
      roleWritten = true;
      json.field("role", "assistant");
    }
  }

  private String start() {
    String known = prefix;
    if (known == null) {
      JsonBuffer first = new JsonBuffer();
      first.framing("data: ").object();
      identity.write("chat.completion.chunk", model, fields, first);
      for (String name : List.of("system_fingerprint", "service_tier")) {
        Optional<JsonText> value = fields.take(AnswerPlace.ANSWER, name);
        value.ifPresent(text -> first.field(name, text));
      }
      known = first.name("choices").toString();
      prefix = known;
    }
    return known;
  }

  private void end() {
    json.endObject().framing("\n\n");
  }

  private void writeEnd(StreamEvent.Finished finished) {
    Optional<JsonText> usage = fields.take(AnswerPlace.ANSWER, "usage");
    if (usage.isPresent()) {
      fields.take(AnswerPlace.ANSWER, "upstream_usage");
    }
    openDelta();
    writeReasoningBlocks();
    fields.drain(AnswerPlace.MESSAGE, json);
    calls.drainFields();
    json.endObject();
    ChatFields.writeFinishReason(
        json, finished.stopReason(), finished.upstreamStopReason(), calls.isFunctionCall());
    fields.drain(AnswerPlace.CHOICE, json);
    json.endObject();
    json.endArray();
    ChatFields.writeAdjustments(json, adjustments.get());
    fields.drain(AnswerPlace.ANSWER, json);
    end();
    if (wantsUsage && (usage.isPresent() || finished.usage().isKnown())) {
      json.framing(start()).array().endArray();
      ChatFields.writeUsage(json, usage, finished.usage());
      end();
    }
    json.framing("data: [DONE]\n\n");
  }

  /// All in one chunk: some SDKs cannot add up lists whose elements have no index.
  private void writeReasoningBlocks() {
    if (!reasoningBlocks.isEmpty()) {
      json.name("reasoning_blocks").array();
      reasoningBlocks.forEach(json::value);
      json.endArray();
    }
  }

  @Override
  public void writeFailure(Failure failure) {
    json.framing("data: ");
    OpenAIErrors.write(failure, json);
    json.framing("\n\n");
  }
}
