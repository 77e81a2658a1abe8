package io.agenticprimitives.gateway.core;

import java.util.List;
import java.util.Objects;

/// What is configured for one primitive.
///
/// @param defaultBackend the name of the backend that serves calls that name none
/// @param available the names of all backends, in the order of the configuration
public record PrimitiveOverview(String defaultBackend, List<String> available) {
  public PrimitiveOverview {
    Objects.requireNonNull(defaultBackend);
    available = List.copyOf(available);
  }
}
