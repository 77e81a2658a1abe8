package io.agenticprimitives.gateway.provider.bedrock;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// The `inferenceConfig` of a Converse request. What is empty is not sent.
record Inference(
    OptionalInt maxTokens, OptionalDouble temperature, OptionalDouble topP, List<String> stop) {
  Inference {
    stop = List.copyOf(stop);
  }

  boolean isEmpty() {
    return maxTokens.isEmpty() && temperature.isEmpty() && topP.isEmpty() && stop.isEmpty();
  }

  Inference withoutMaxTokens() {
    return new Inference(OptionalInt.empty(), temperature, topP, stop);
  }

  Inference withoutTemperature() {
    return new Inference(maxTokens, OptionalDouble.empty(), topP, stop);
  }

  Inference withoutTopP() {
    return new Inference(maxTokens, temperature, OptionalDouble.empty(), stop);
  }
}
