package io.agenticprimitives.gateway.core.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A name that callers use as a model, and the backends behind it.
///
/// @param name what callers write as the model
/// @param targets at least one, in the order in which they are fallen back to
/// @param fallback whether another target is asked if the chosen one cannot serve
public record RouteConfig(String name, List<Target> targets, boolean fallback) {

  /// @throws IllegalArgumentException if there is no target
  public RouteConfig {
    Objects.requireNonNull(name);
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("A route without targets leads nowhere");
    }
  }

  /// A backend that may serve the route.
  ///
  /// @param backend its name
  /// @param model what is asked for there; empty for the backend's default
  /// @param weight its share of the calls, at least 1; empty if it is only fallen back to, unless
  ///   no target has a weight: then the first is chosen
  public record Target(String backend, Optional<String> model, Optional<Integer> weight) {
    public Target {
      Objects.requireNonNull(backend);
      Objects.requireNonNull(model);
      Objects.requireNonNull(weight);
    }
  }
}
