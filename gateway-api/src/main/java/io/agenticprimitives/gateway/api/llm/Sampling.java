package io.agenticprimitives.gateway.api.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How an answer is drawn and how long it may get. What the caller did not give is empty, and must
/// stay unset upstream: nothing is invented.
///
/// @param temperature from 0 (steady) up
/// @param topP nucleus sampling, 0 to 1
/// @param topK the number of candidates for each token
/// @param maxTokens the limit that the caller gave as `max_tokens`
/// @param maxCompletionTokens the limit that the caller gave as `max_completion_tokens`, the newer
///   name of the same thing; an upstream must get at most one of the two
/// @param stop sequences that end the answer
/// @param seed for answers that can be repeated
/// @param presencePenalty against repeating topics, -2 to 2
/// @param frequencyPenalty against repeating words, -2 to 2
/// @param parallelToolCalls whether the model may call several tools in one answer
/// @param reasoningEffort how long to think, `low` for instance
public record Sampling(
    OptionalDouble temperature,
    OptionalDouble topP,
    OptionalInt topK,
    OptionalInt maxTokens,
    OptionalInt maxCompletionTokens,
    List<String> stop,
    OptionalLong seed,
    OptionalDouble presencePenalty,
    OptionalDouble frequencyPenalty,
    Optional<Boolean> parallelToolCalls,
    Optional<String> reasoningEffort) {

  /// Nothing was given.
  public static final Sampling UNSET =
      new Sampling(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          Optional.empty());

  public Sampling {
    Objects.requireNonNull(temperature);
    Objects.requireNonNull(topP);
    Objects.requireNonNull(topK);
    Objects.requireNonNull(maxTokens);
    Objects.requireNonNull(maxCompletionTokens);
    stop = List.copyOf(stop);
    Objects.requireNonNull(seed);
    Objects.requireNonNull(presencePenalty);
    Objects.requireNonNull(frequencyPenalty);
    Objects.requireNonNull(parallelToolCalls);
    Objects.requireNonNull(reasoningEffort);
  }

  /// The limit on the answer's tokens under either name.
  public OptionalInt tokenLimit() {
    return maxCompletionTokens.isPresent() ? maxCompletionTokens : maxTokens;
  }
}
