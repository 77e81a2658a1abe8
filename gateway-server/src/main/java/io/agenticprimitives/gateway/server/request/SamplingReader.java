package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads how an answer is to be drawn. `null` means that a caller does not say; many clients send
/// it for `temperature` too, which the original project refuses.
final class SamplingReader {
  private final Scalars scalars;

  private OptionalDouble temperature = OptionalDouble.empty();
  private OptionalDouble topP = OptionalDouble.empty();
  private OptionalInt topK = OptionalInt.empty();
  private OptionalInt maxTokens = OptionalInt.empty();
  private OptionalInt maxCompletionTokens = OptionalInt.empty();
  private List<String> stop = List.of();
  private OptionalLong seed = OptionalLong.empty();
  private OptionalDouble presencePenalty = OptionalDouble.empty();
  private OptionalDouble frequencyPenalty = OptionalDouble.empty();
  private Optional<Boolean> parallelToolCalls = Optional.empty();
  private Optional<String> reasoningEffort = Optional.empty();

  SamplingReader(Scalars scalars) {
    this.scalars = scalars;
  }

  /// Whether a field belongs here.
  static boolean knows(String field) {
    return switch (field) {
      case "temperature",
          "top_p",
          "top_k",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "seed",
          "presence_penalty",
          "frequency_penalty",
          "parallel_tool_calls",
          "reasoning_effort" ->
          true;
      default -> false;
    };
  }

  void read(String field, JsonNode value, Location place) {
    if (value.isNull()) {
      return;
    }
    switch (field) {
      case "temperature" -> temperature = scalars.number(value, place);
      case "top_p" -> topP = scalars.number(value, place);
      case "top_k" -> topK = scalars.smallInteger(value, place);
      case "max_tokens" -> maxTokens = scalars.smallInteger(value, place);
      case "max_completion_tokens" -> maxCompletionTokens = scalars.smallInteger(value, place);
      case "stop" -> stop = scalars.strings(value, place);
      case "seed" -> seed = scalars.integer(value, place);
      case "presence_penalty" -> presencePenalty = scalars.number(value, place);
      case "frequency_penalty" -> frequencyPenalty = scalars.number(value, place);
      case "parallel_tool_calls" -> parallelToolCalls = scalars.bool(value, place);
      case "reasoning_effort" -> reasoningEffort = scalars.string(value, place);
      default -> throw new IllegalArgumentException("Not a sampling field: " + field);
    }
  }

  /// What a tool choice says of it, unless the caller said it in its own field.
  void parallelToolCalls(Optional<Boolean> allowed) {
    parallelToolCalls = parallelToolCalls.or(() -> allowed);
  }

  Sampling sampling() {
    return new Sampling(
        temperature,
        topP,
        topK,
        maxTokens,
        maxCompletionTokens,
        stop,
        seed,
        presencePenalty,
        frequencyPenalty,
        parallelToolCalls,
        reasoningEffort);
  }
}
