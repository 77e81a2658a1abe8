package io.agenticprimitives.gateway.api.llm;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/// A caller asks for vectors of texts. The gateway makes it and a backend translates it; it may
/// grow.
///
/// @param model the model's name as the upstream knows it; empty for the backend's default
/// @param inputs what the vectors are wanted of, at least one
/// @param dimensions how long the vectors shall be; empty if the caller does not say
/// @param base64 whether the caller wants the vectors in base64. A backend may pass the wish on or
///   ignore it: the gateway gives the caller the form that it wants
/// @param extras fields that have no component of their own
public record EmbeddingRequest(
    String model,
    List<EmbeddingInput> inputs,
    OptionalInt dimensions,
    boolean base64,
    Extras extras) {

  public EmbeddingRequest {
    Objects.requireNonNull(model);
    inputs = List.copyOf(inputs);
    Objects.requireNonNull(dimensions);
    Objects.requireNonNull(extras);
  }

  /// The same request for another model.
  public EmbeddingRequest withModel(String newModel) {
    return new EmbeddingRequest(newModel, inputs, dimensions, base64, extras);
  }
}
