package io.agenticprimitives.gateway.api.llm;

import java.util.Locale;

/// Why a model stopped, the same words for every backend.
public enum StopReason {
  /// The answer is complete.
  END_TURN,
  /// The model waits for the results of its tool calls.
  TOOL_USE,
  /// The limit of tokens was reached; the answer is incomplete.
  MAX_TOKENS,
  /// One of the caller's stop sequences came up.
  STOP_SEQUENCE,
  /// The upstream's filter stopped the answer.
  CONTENT_FILTER,
  /// The model refused.
  REFUSAL;

  /// The word on the wire, `end_turn` for instance.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
