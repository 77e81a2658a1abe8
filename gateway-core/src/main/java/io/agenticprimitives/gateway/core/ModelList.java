package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.util.List;
import java.util.Objects;

/// The models of one backend.
///
/// @param backend its name
/// @param providerType the kind of its provider, `openai_compatible` for instance
/// @param models in the upstream's order
/// @param adjustments why the list is not what was asked for, if it is not
public record ModelList(
    String backend, String providerType, List<ModelInfo> models, List<Adjustment> adjustments) {
  public ModelList {
    Objects.requireNonNull(backend);
    Objects.requireNonNull(providerType);
    models = List.copyOf(models);
    adjustments = List.copyOf(adjustments);
  }
}
