package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One answer on its way: what was read of it goes in, events in the grammar of
/// [EventStream][io.agenticprimitives.gateway.api.llm.EventStream] come out. Not thread-safe.
final class AnswerEvents {
  private final String model;
  private final ToolNames toolNames;
  private final Deque<StreamEvent> queue = new ArrayDeque<>();
  private final KeptSize kept = new KeptSize();
  private final AnswerExtensions extensions = new AnswerExtensions(kept);
  private boolean started;
  private @Nullable String stopWord;
  private Usage usage = Usage.UNKNOWN;
  private int calls;
  private long textLength;

  /// @param model the name that Bedrock was asked for: its answers do not name the model
  /// @param toolNames the names of the request's tools
  AnswerEvents(String model, ToolNames toolNames) {
    this.model = model;
    this.toolNames = toolNames;
  }

  KeptSize kept() {
    return kept;
  }

  AnswerExtensions extensions() {
    return extensions;
  }

  /// The length of the text so far, in Unicode characters.
  long textLength() {
    return textLength;
  }

  /// The answer has begun.
  void start() {
    if (!started) {
      started = true;
      queue.add(new StreamEvent.Started(model));
    }
  }

  void emit(StreamEvent event) {
    start();
    queue.add(event);
  }

  void text(String text) {
    if (!text.isEmpty()) {
      textLength += text.codePointCount(0, text.length());
      emit(new StreamEvent.TextDelta(text));
    }
  }

  void reasoning(String text) {
    if (!text.isEmpty()) {
      emit(new StreamEvent.ReasoningDelta(text));
    }
  }

  /// A call of a tool begins.
  ///
  /// @param name as Bedrock writes it
  /// @return the open block of the call
  CallBlock call(String id, String name) {
    int index = calls++;
    emit(new StreamEvent.ToolCallStarted(index, id, toolNames.fromUpstream(name)));
    return new CallBlock(this, index);
  }

  /// Bedrock has said that the answer is complete.
  ///
  /// @param word its `stopReason`, possibly empty
  void stop(String word) {
    stopWord = word;
  }

  boolean isStopped() {
    return stopWord != null;
  }

  void usage(JsonNode counts) {
    usage = UsageReader.read(counts);
    extensions.put("upstream_usage", UsageReader.more(counts));
  }

  /// The next event that is ready, or null.
  @Nullable StreamEvent poll() {
    return queue.poll();
  }

  /// Ends the answer well; its open blocks have ended.
  ///
  /// @throws BackendException if the word with which it stopped is a failure
  void finish() {
    String word = stopWord == null ? "" : stopWord;
    BackendException failure = StopReasons.failureIn(word);
    if (failure != null) {
      throw failure;
    }
    start();
    extensions.emit(queue::add);
    queue.add(new StreamEvent.Finished(StopReasons.decide(word, calls > 0), word, usage));
  }

  /// How much has come, for a message: "120 characters and 1 tool call".
  String progress() {
    String toolCalls =
        switch (calls) {
          case 0 -> "";
          case 1 -> " and 1 tool call";
          default -> " and " + calls + " tool calls";
        };
    return (textLength == 1 ? "1 character" : textLength + " characters") + toolCalls;
  }
}
