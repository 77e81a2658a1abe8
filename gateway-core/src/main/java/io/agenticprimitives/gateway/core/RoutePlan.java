package io.agenticprimitives.gateway.core;

import java.util.List;
import java.util.Objects;

/// Where a call would go, and why.
///
/// @param reason what decided it
/// @param targets in the order in which they would be asked, the most probable first where chance
///   decides
public record RoutePlan(String reason, List<Target> targets) {
  public RoutePlan {
    Objects.requireNonNull(reason);
    targets = List.copyOf(targets);
  }

  /// A backend that would be asked.
  ///
  /// @param backend its name
  /// @param model what would be asked for there; empty for the backend's default
  /// @param reason when it would be asked
  /// @param unavailable why it cannot serve; empty if it can, as far as is known
  public record Target(String backend, String model, String reason, String unavailable) {
    public Target {
      Objects.requireNonNull(backend);
      Objects.requireNonNull(model);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(unavailable);
    }
  }
}
