package io.agenticprimitives.gateway.api.llm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Adds events up to a [Completion]. Not thread-safe.
public final class CompletionAssembler {
  private String model = "";
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<StreamEvent.ReasoningBlock> reasoningBlocks = new ArrayList<>();
  private final StringBuilder refusal = new StringBuilder();
  private final Map<Integer, OpenCall> calls = new LinkedHashMap<>();
  private final Map<FieldKey, StreamEvent.Extension> extensions = new LinkedHashMap<>();

  /// Null for those that came in several pieces: they are found among the extensions.
  private final Map<FieldKey, StreamEvent.@Nullable DialectField> dialectFields =
      new LinkedHashMap<>();

  private StreamEvent.@Nullable Finished finished;

  /// Takes the next event of a stream that keeps the grammar of [EventStream].
  public void add(StreamEvent event) {
    switch (event) {
      case StreamEvent.Started started -> model = started.model();
      case StreamEvent.TextDelta delta -> text.append(delta.text());
      case StreamEvent.ReasoningDelta delta -> reasoning.append(delta.text());
      case StreamEvent.ReasoningBlock block -> reasoningBlocks.add(block);
      case StreamEvent.RefusalDelta delta -> refusal.append(delta.text());
      case StreamEvent.ToolCallStarted call ->
          calls.put(call.index(), new OpenCall(call.id(), call.name(), new StringBuilder()));
      case StreamEvent.ToolCallDelta delta ->
          open(delta.index()).arguments.append(delta.arguments());
      case StreamEvent.ToolCallEnded ended -> open(ended.index());
      case StreamEvent.Extension extension ->
          extensions.put(new FieldKey(extension.place(), extension.name()), extension);
      case StreamEvent.DialectField field -> addDialectField(field);
      case StreamEvent.Finished end -> finished = end;
    }
  }

  private void addDialectField(StreamEvent.DialectField field) {
    FieldKey key = new FieldKey(field.place(), field.name());
    boolean comesWhole =
        field.place().equals(AnswerPlace.ANSWER) || !dialectFields.containsKey(key);
    dialectFields.put(key, comesWhole ? field : null);
  }

  private OpenCall open(int index) {
    OpenCall call = calls.get(index);
    if (call == null) {
      throw new IllegalStateException("Tool call " + index + " has not started");
    }
    return call;
  }

  /// Whether [StreamEvent.Finished] was added.
  public boolean isComplete() {
    return finished != null;
  }

  /// What was added up.
  ///
  /// @throws IllegalStateException before the stream has finished
  public Completion completion() {
    StreamEvent.Finished end = finished;
    if (end == null) {
      throw new IllegalStateException("The stream has not finished");
    }
    return new Completion(
        model,
        text.toString(),
        reasoning.toString(),
        reasoningBlocks,
        refusal.toString(),
        calls.values().stream().map(OpenCall::complete).toList(),
        end.stopReason(),
        end.upstreamStopReason(),
        end.usage(),
        List.copyOf(extensions.values()),
        dialectFields.values().stream().filter(Objects::nonNull).toList());
  }

  private record FieldKey(AnswerPlace place, String name) {}

  private record OpenCall(String id, String name, StringBuilder arguments) {
    ToolCall complete() {
      return new ToolCall(id, name, arguments.toString());
    }
  }
}
