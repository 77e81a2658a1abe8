package io.agenticprimitives.gateway.api.llm;

import java.util.Objects;

/// A model that can be asked for.
///
/// @param name what a request puts in `model`
/// @param extras what else the upstream says of it
public record ModelInfo(String name, Extras extras) {
  public ModelInfo {
    Objects.requireNonNull(name);
    Objects.requireNonNull(extras);
  }

  /// The name alone.
  public static ModelInfo of(String name) {
    return new ModelInfo(name, Extras.NONE);
  }
}
