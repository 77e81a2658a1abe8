package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.llm.Sampling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// How an answer shall be drawn, wish by wish. The numbers are exact in binary and rare, so that
/// they are found again.
final class SamplingParts {
  private SamplingParts() {}

  static List<Part> all() {
    return List.of(
        part("a temperature", wish(w -> w.temperature = OptionalDouble.of(0.4375)), "0.4375"),
        part("a top_p", wish(w -> w.topP = OptionalDouble.of(0.5625)), "0.5625"),
        part("a top_k", wish(w -> w.topK = OptionalInt.of(4321)), "4321"),
        part("a limit of tokens", wish(w -> w.maxTokens = OptionalInt.of(2347)), "2347"),
        part(
            "the newer limit of tokens",
            wish(w -> w.maxCompletionTokens = OptionalInt.of(2347)),
            "2347"),
        part("a stop sequence", wish(w -> w.stop = List.of("Marmalade")), "Marmalade"),
        part("a seed", wish(w -> w.seed = OptionalLong.of(987654)), "987654"),
        part(
            "a presence penalty",
            wish(w -> w.presencePenalty = OptionalDouble.of(0.3125)),
            "0.3125"),
        part(
            "a frequency penalty",
            wish(w -> w.frequencyPenalty = OptionalDouble.of(0.1875)),
            "0.1875"),
        part(
            "an effort of reasoning",
            wish(w -> w.reasoningEffort = Optional.of("low")),
            "\"low\""));
  }

  private static Part part(String name, Sampling sampling, String mark) {
    return Part.of(name, Requests.asking().sampling(sampling), mark);
  }

  private static Sampling wish(Consumer<Wishes> change) {
    Wishes wishes = new Wishes();
    change.accept(wishes);
    return wishes.sampling();
  }

  private static final class Wishes {
    private OptionalDouble temperature = OptionalDouble.empty();
    private OptionalDouble topP = OptionalDouble.empty();
    private OptionalInt topK = OptionalInt.empty();
    private OptionalInt maxTokens = OptionalInt.empty();
    private OptionalInt maxCompletionTokens = OptionalInt.empty();
    private List<String> stop = List.of();
    private OptionalLong seed = OptionalLong.empty();
    private OptionalDouble presencePenalty = OptionalDouble.empty();
    private OptionalDouble frequencyPenalty = OptionalDouble.empty();
    private Optional<String> reasoningEffort = Optional.empty();

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
          Optional.empty(),
          reasoningEffort);
    }
  }
}
