package io.agenticprimitives.gateway.api.llm;

import java.util.List;
import java.util.Objects;

/// The vectors of the inputs of an [EmbeddingRequest].
///
/// @param model the model that made them; empty if the upstream does not say
/// @param vectors one for each input, in the order of the inputs
/// @param usage what they cost; there is no output
/// @param extensions what this vocabulary has no word for, of [AnswerPlace#ANSWER]
public record Embeddings(
    String model, List<Embedding> vectors, Usage usage, List<StreamEvent.Extension> extensions) {

  public Embeddings {
    Objects.requireNonNull(model);
    vectors = List.copyOf(vectors);
    Objects.requireNonNull(usage);
    extensions = List.copyOf(extensions);
  }
}
