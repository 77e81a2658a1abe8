package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.StreamEvent.DialectField;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Finished;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One answer on its way: what was read of it goes in, events in the grammar of
/// [EventStream][io.agenticprimitives.gateway.api.llm.EventStream] come out. Not thread-safe.
final class AnswerEvents {
  private final Deque<StreamEvent> queue = new ArrayDeque<>();

  /// What is about the answer as a whole, wherever it stood in its chunk: callers of this dialect
  /// find it in every chunk, so it goes before what the chunk says.
  private final Deque<StreamEvent> first = new ArrayDeque<>();

  private final KeptSize kept = new KeptSize();
  private final ToolCalls toolCalls = new ToolCalls(kept);
  private final AnswerExtensions extensions = new AnswerExtensions(kept, this::tell);
  private final ReasoningBlocks reasoningBlocks = new ReasoningBlocks(kept, extensions);
  private final UsageRecord usage = new UsageRecord();
  private final FinishReasons finishReasons = new FinishReasons();
  private String model = "";
  private boolean started;
  private boolean recognised;
  private boolean answered;
  private boolean refused;
  private long characters;

  AnswerExtensions extensions() {
    return extensions;
  }

  ReasoningBlocks reasoningBlocks() {
    return reasoningBlocks;
  }

  FinishReasons finishReasons() {
    return finishReasons;
  }

  void model(String name) {
    if (model.isEmpty()) {
      model = name;
    }
  }

  /// Tells that a list of choices came, be it empty: this is an answer in the OpenAI dialect.
  void recognise() {
    recognised = true;
  }

  boolean isRecognised() {
    return recognised;
  }

  /// Tells that the choice came that is the answer.
  void answer() {
    if (!answered) {
      answered = true;
      extensions.answered();
    }
  }

  boolean isAnswered() {
    return answered;
  }

  void text(String text) {
    if (!text.isEmpty()) {
      characters += text.length();
      queue.add(new StreamEvent.TextDelta(text));
    }
  }

  void reasoning(String text) {
    if (!text.isEmpty()) {
      characters += text.length();
      queue.add(new StreamEvent.ReasoningDelta(text));
    }
  }

  void refusal(String text) {
    if (!text.isEmpty()) {
      refused = true;
      characters += text.length();
      queue.add(new StreamEvent.RefusalDelta(text));
    }
  }

  void toolCalls(List<ToolCallPiece> pieces) {
    toolCalls.add(pieces, queue::add);
  }

  void functionCall(ToolCallPiece piece) {
    toolCalls.addLegacy(piece, queue::add);
  }

  void usage(JsonNode counts) {
    usage.offer(counts);
  }

  /// Tells that a chunk was read, so that its events may be taken: not before, because the model
  /// may stand behind the choices.
  void chunkRead() {
    if (started) {
      return;
    }
    boolean speaks = queue.stream().anyMatch(event -> !(event instanceof DialectField));
    if (speaks || !model.isEmpty()) {
      start();
    }
  }

  private void tell(StreamEvent event) {
    if (!(event instanceof DialectField field)) {
      queue.add(event);
      return;
    }
    if (!started) {
      // It waits until the model is known.
      kept.add(field.value().text().length());
    }
    (field.place().equals(AnswerPlace.ANSWER) ? first : queue).add(event);
  }

  private void start() {
    started = true;
    first.addFirst(new StreamEvent.Started(model));
  }

  /// The next event that is ready, or null.
  @Nullable StreamEvent poll() {
    StreamEvent event = started ? first.poll() : null;
    return event != null || !started ? event : queue.poll();
  }

  /// Ends the answer well: the last events become ready.
  ///
  /// @throws BackendException if the upstream's word for the end is a failure
  void finish() {
    BackendException failure = finishReasons.failure();
    if (failure != null) {
      throw failure;
    }
    if (!started) {
      start();
    }
    toolCalls.end(queue::add);
    reasoningBlocks.emit(queue::add);
    JsonNode raw = usage.raw();
    if (raw != null) {
      extensions.tell(AnswerPlace.ANSWER, "usage", raw);
    }
    extensions.emit();
    if (raw != null && usage.saysMore()) {
      queue.add(new StreamEvent.Extension("upstream_usage", new JsonText(ResponseJson.write(raw))));
    }
    queue.add(
        new Finished(
            finishReasons.decide(toolCalls.count() > 0, refused),
            finishReasons.word(),
            usage.usage()));
  }

  /// How much has come, for a message: "120 characters and 1 tool call".
  String progress() {
    String calls =
        switch (toolCalls.count()) {
          case 0 -> "";
          case 1 -> " and 1 tool call";
          default -> " and " + toolCalls.count() + " tool calls";
        };
    return (characters == 1 ? "1 character" : characters + " characters") + calls;
  }
}
