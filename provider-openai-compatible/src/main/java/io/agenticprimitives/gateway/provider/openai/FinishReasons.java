package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import org.jspecify.annotations.Nullable;

/// Why an answer ended, in the words of its upstream, and what they mean.
final class FinishReasons {
  private String first = "";
  private String details = "";
  private String matchedStop = "";
  private boolean toolUse;

  /// Takes in a `finish_reason`; an empty one says nothing. Some routers send two.
  void offer(String word) {
    if (first.isEmpty()) {
      first = word;
    }
    toolUse |= meaningOf(word) == StopReason.TOOL_USE;
  }

  /// Takes in `finish_details.type`, which counts when there is no `finish_reason`.
  void offerDetails(String word) {
    details = word.isEmpty() ? details : word;
  }

  /// Takes in vLLM's `stop_reason`: the stop sequence that came up.
  void offerMatchedStop(String sequence) {
    matchedStop = sequence.isEmpty() ? matchedStop : sequence;
  }

  /// Whether the upstream has said that the answer is finished.
  boolean isKnown() {
    return !word().isEmpty();
  }

  /// The upstream's word, or empty.
  String word() {
    return first.isEmpty() ? details : first;
  }

  /// The failure that the upstream's word names: OpenRouter and Mistral say `error`, DeepSeek
  /// `insufficient_system_resource`. Null if it names none.
  @Nullable BackendException failure() {
    return switch (word()) {
      case "error" ->
          new BackendException(
              ErrorKind.UPSTREAM_FAILURE,
              "The upstream ended its answer with the finish reason 'error'");
      case "insufficient_system_resource" ->
          new BackendException(
              ErrorKind.OVERLOADED,
              "The upstream ended its answer with the finish reason"
                  + " 'insufficient_system_resource'");
      default -> null;
    };
  }

  /// Why the model stopped.
  ///
  /// @param hasCalls whether the answer has tool calls: they are to be run, whatever word came with
  ///   them, unless the answer was cut or filtered
  /// @param refused whether the answer has the text of a refusal
  StopReason decide(boolean hasCalls, boolean refused) {
    StopReason meaning = meaningOf(word());
    if (meaning == StopReason.MAX_TOKENS && !toolUse) {
      return StopReason.MAX_TOKENS;
    }
    if (toolUse || (hasCalls && meaning != StopReason.CONTENT_FILTER)) {
      return StopReason.TOOL_USE;
    }
    if (refused) {
      return StopReason.REFUSAL;
    }
    boolean stopSequence =
        word().equals("stop") && !matchedStop.isEmpty() && meaningOf(matchedStop) == null;
    if (stopSequence) {
      return StopReason.STOP_SEQUENCE;
    }
    return meaning == null ? StopReason.END_TURN : meaning;
  }

  private static @Nullable StopReason meaningOf(String word) {
    return switch (word) {
      case "stop", "end_turn", "eos", "eos_token", "STOP" -> StopReason.END_TURN;
      case "length", "max_tokens", "model_length", "MAX_TOKENS" -> StopReason.MAX_TOKENS;
      case "tool_calls", "function_call", "tool_use" -> StopReason.TOOL_USE;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "content_filter", "SAFETY" -> StopReason.CONTENT_FILTER;
      case "refusal" -> StopReason.REFUSAL;
      default -> null;
    };
  }
}
