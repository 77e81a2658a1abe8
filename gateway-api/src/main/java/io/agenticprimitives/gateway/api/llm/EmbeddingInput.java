package io.agenticprimitives.gateway.api.llm;

import java.util.List;
import java.util.Objects;

/// What a vector is wanted of. Backends read these: a `switch` over them ends in a `default` that
/// refuses, so that a plugin meets a kind that it does not know with a clear error.
public sealed interface EmbeddingInput {

  /// A text.
  record Text(String text) implements EmbeddingInput {
    public Text {
      Objects.requireNonNull(text);
    }
  }

  /// A text that the caller has cut into the model's tokens.
  record Tokens(List<Integer> tokens) implements EmbeddingInput {
    public Tokens {
      tokens = List.copyOf(tokens);
    }
  }
}
