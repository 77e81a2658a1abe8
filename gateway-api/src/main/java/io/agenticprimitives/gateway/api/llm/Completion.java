package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.BackendException;
import java.util.List;
import java.util.Objects;

/// A whole answer: what the events of a stream add up to.
///
/// @param model the model that answered; empty if the upstream does not say
/// @param text what it said
/// @param reasoning what can be read of its reasoning
/// @param reasoningBlocks its reasoning in the upstream's form, to be sent back unchanged
/// @param refusal the text of its refusal; empty if it did not refuse
/// @param toolCalls the tools that it calls, in order
/// @param stopReason why it stopped
/// @param upstreamStopReason the upstream's own word for that; empty if it gave none
/// @param usage what it cost
/// @param extensions what this vocabulary has no word for, one for each place and name
/// @param dialectFields fields of an upstream of OpenAI's dialect that came in one piece
public record Completion(
    String model,
    String text,
    String reasoning,
    List<StreamEvent.ReasoningBlock> reasoningBlocks,
    String refusal,
    List<ToolCall> toolCalls,
    StopReason stopReason,
    String upstreamStopReason,
    Usage usage,
    List<StreamEvent.Extension> extensions,
    List<StreamEvent.DialectField> dialectFields) {

  public Completion {
    Objects.requireNonNull(model);
    Objects.requireNonNull(text);
    Objects.requireNonNull(reasoning);
    reasoningBlocks = List.copyOf(reasoningBlocks);
    Objects.requireNonNull(refusal);
    toolCalls = List.copyOf(toolCalls);
    Objects.requireNonNull(stopReason);
    Objects.requireNonNull(upstreamStopReason);
    Objects.requireNonNull(usage);
    extensions = List.copyOf(extensions);
    dialectFields = List.copyOf(dialectFields);
  }

  /// Reads a stream to its end. It does not close the stream.
  ///
  /// @throws BackendException if the stream fails
  public static Completion of(EventStream events) {
    CompletionAssembler assembler = new CompletionAssembler();
    while (!assembler.isComplete()) {
      assembler.add(events.next());
    }
    return assembler.completion();
  }
}
