package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.UpstreamError;
import io.agenticprimitives.gateway.api.llm.StopReason;
import org.jspecify.annotations.Nullable;

/// What Converse's `stopReason` means.
final class StopReasons {
  private StopReasons() {}

  /// The failure that a word names, or null. `malformed_model_output` and `malformed_tool_use` say
  /// that the model wrote something broken: what came of it must not pass for an answer, and
  /// another attempt may well go better.
  static @Nullable BackendException failureIn(String word) {
    return switch (word) {
      case "malformed_model_output", "malformed_tool_use" ->
          new BackendException(
                  ErrorKind.UPSTREAM_FAILURE,
                  "The model's answer is broken: Bedrock ended it with the stop reason '"
                      + word
                      + "'.")
              .withUpstream(new UpstreamError(0, word, word, "", ""));
      default -> null;
    };
  }

  /// Why the model stopped. A word that nobody knows ends the turn.
  ///
  /// @param hasCalls whether the answer has tool calls: they are to be run, whatever word came with
  ///   them, unless the answer was cut or filtered
  static StopReason decide(String word, boolean hasCalls) {
    return switch (word) {
      case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_TOKENS;
      case "guardrail_intervened", "content_filtered" -> StopReason.CONTENT_FILTER;
      case "refusal" -> StopReason.REFUSAL;
      case "tool_use" -> StopReason.TOOL_USE;
      case "stop_sequence" -> hasCalls ? StopReason.TOOL_USE : StopReason.STOP_SEQUENCE;
      default -> hasCalls ? StopReason.TOOL_USE : StopReason.END_TURN;
    };
  }
}
