package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.core.config.RouteConfig;
import io.agenticprimitives.gateway.core.pipeline.Target;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The configured backends for language models in the order of the configuration, those that cannot
/// serve included.
final class LlmServices {
  private final String defaultName;
  private final Map<String, Slot> slots;
  private final Map<String, RouteConfig> routes;

  LlmServices(String defaultName, Map<String, Slot> slots, Map<String, RouteConfig> routes) {
    this.defaultName = defaultName;
    this.slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    this.routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
  }

  /// What became of a configured backend.
  sealed interface Slot {
    /// It can serve.
    ///
    /// @param origin what it was made of; empty if it is never to be carried over
    record Open(LlmService service, Optional<BackendOrigin> origin) implements Slot {}

    /// It cannot.
    ///
    /// @param provider as the configuration names it
    /// @param reason for operators and callers
    record Unavailable(String provider, String reason) implements Slot {
      BackendException failure(String name) {
        return new BackendException(
            ErrorKind.UNAVAILABLE, "Backend '" + name + "' is not available: " + reason);
      }
    }
  }

  String defaultName() {
    return defaultName;
  }

  Collection<String> names() {
    return slots.keySet();
  }

  Map<String, Slot> slots() {
    return slots;
  }

  Collection<String> routeNames() {
    return routes.keySet();
  }

  Optional<RouteConfig> route(String model) {
    return Optional.ofNullable(routes.get(model));
  }

  boolean isConfigured(String name) {
    return slots.containsKey(name);
  }

  /// Whether a name of a model stands in a route: as that of the route itself, or as what is asked
  /// for at a backend.
  boolean isConfigured(String backend, String model) {
    return routes.containsKey(model)
        || routes.values().stream()
            .flatMap(route -> route.targets().stream())
            .anyMatch(
                target ->
                    target.backend().equals(backend)
                        && target.model().filter(model::equals).isPresent());
  }

  LlmService defaultService() {
    return byName(defaultName);
  }

  LlmService byName(String name) {
    return switch (slots.get(name)) {
      case Slot.Open open -> open.service();
      case Slot.Unavailable unavailable -> throw unavailable.failure(name);
      case null ->
          throw new BackendException(
              ErrorKind.INVALID_REQUEST,
              "Unknown llm provider '%s'. Available: %s"
                  .formatted(name, String.join(", ", names())));
    };
  }

  /// A target of a route, whether it can serve or not.
  Target target(RouteConfig.Target target) {
    Optional<String> model = Optional.of(target.model().orElse(""));
    return switch (Objects.requireNonNull(slots.get(target.backend()))) {
      case Slot.Open open -> open.service().target(model);
      case Slot.Unavailable unavailable ->
          Target.unavailable(target.backend(), unavailable.failure(target.backend()));
    };
  }

  /// Why a backend cannot serve; empty if it can.
  ///
  /// @throws BackendException if there is none of that name
  String whyUnavailable(String name) {
    if (slots.get(name) instanceof Slot.Unavailable unavailable) {
      return unavailable.reason();
    }
    var _ = byName(name);
    return "";
  }

  /// Those that can serve.
  List<LlmService> open() {
    return slots.values().stream()
        .filter(Slot.Open.class::isInstance)
        .map(slot -> ((Slot.Open) slot).service())
        .toList();
  }

  /// Those of the targets that can serve.
  List<LlmService> behind(List<Target> targets) {
    return targets.stream()
        .map(target -> slots.get(target.backend()))
        .filter(Slot.Open.class::isInstance)
        .map(slot -> ((Slot.Open) slot).service())
        .toList();
  }

  /// The one that a backend has become, if it can serve and was made of the same.
  Optional<Slot.Open> madeOf(BackendOrigin origin) {
    return slots.get(origin.config().name()) instanceof Slot.Open open
            && open.origin().filter(origin::isSameAs).isPresent()
        ? Optional.of(open)
        : Optional.empty();
  }
}
