package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.Objects;

/// A vector, in the form in which the upstream sent it. The gateway reads these and knows all.
public sealed interface Embedding {

  /// As numbers.
  ///
  /// @param numbers a JSON list of numbers, digit for digit the upstream's
  record Numbers(JsonText numbers) implements Embedding {
    public Numbers {
      Objects.requireNonNull(numbers);
    }
  }

  /// As bytes.
  ///
  /// @param base64 numbers of 32 bits (IEEE 754), little-endian, in base64
  record Base64(String base64) implements Embedding {
    public Base64 {
      Objects.requireNonNull(base64);
    }
  }
}
