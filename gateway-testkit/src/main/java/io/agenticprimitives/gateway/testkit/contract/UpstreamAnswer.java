package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.List;
import java.util.Objects;

/// What an upstream is to answer, to be put into its own words by an [UpstreamDialect].
///
/// @param model the model that answers
/// @param reasoning pieces of reasoning that can be read, before all else; mostly none
/// @param text pieces of text, in order
/// @param toolCalls the tools that it calls, after the text; mostly none
/// @param stopReason one of `END_TURN`, `MAX_TOKENS` and `TOOL_USE`
/// @param usage input and output tokens
public record UpstreamAnswer(
    String model,
    List<String> reasoning,
    List<String> text,
    List<ToolCall> toolCalls,
    StopReason stopReason,
    Usage usage) {

  public UpstreamAnswer {
    Objects.requireNonNull(model);
    reasoning = List.copyOf(reasoning);
    text = List.copyOf(text);
    toolCalls = List.copyOf(toolCalls);
    Objects.requireNonNull(stopReason);
    Objects.requireNonNull(usage);
  }

  /// Text alone.
  static UpstreamAnswer saying(StopReason stopReason, String... text) {
    return new UpstreamAnswer(
        "model-1", List.of(), List.of(text), List.of(), stopReason, Usage.of(11, 7));
  }

  UpstreamAnswer thinking(String... pieces) {
    return new UpstreamAnswer(model, List.of(pieces), text, toolCalls, stopReason, usage);
  }

  UpstreamAnswer calling(ToolCall... calls) {
    return new UpstreamAnswer(model, reasoning, text, List.of(calls), StopReason.TOOL_USE, usage);
  }

  /// All of the text.
  String said() {
    return String.join("", text);
  }
}
