package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.core.config.RouteConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Says in words what the [Router] would do.
final class RoutePlanner {
  private final LlmServices services;

  RoutePlanner(LlmServices services) {
    this.services = services;
  }

  /// @throws io.agenticprimitives.gateway.api.BackendException if the call names a backend that
  ///   does not exist
  RoutePlan plan(String model, CallOptions options) {
    Optional<String> named = options.backend().or(options::anyBackend);
    if (named.isPresent()) {
      return only(named.get(), model, "The caller names the backend, in a header.");
    }
    int slash = model.indexOf('/');
    if (slash > 0 && services.isConfigured(model.substring(0, slash))) {
      return only(
          model.substring(0, slash),
          model.substring(slash + 1),
          "The model begins with the name of a backend.");
    }
    return services
        .route(model)
        .map(this::along)
        .orElseGet(
            () ->
                only(
                    services.defaultName(),
                    model,
                    "Neither a header nor the model names a backend or a route; the default backend"
                        + " serves."));
  }

  private RoutePlan only(String backend, String model, String reason) {
    return new RoutePlan(reason, List.of(target(backend, model, "It is the only one.")));
  }

  private RoutePlan.Target target(String backend, String model, String reason) {
    return new RoutePlan.Target(backend, model, reason, services.whyUnavailable(backend));
  }

  private RoutePlan along(RouteConfig route) {
    List<RouteConfig.Target> order = new ArrayList<>(route.targets());
    order.sort(Comparator.comparingInt(target -> -target.weight().orElse(0)));
    int all = order.stream().mapToInt(target -> target.weight().orElse(0)).sum();
    List<RoutePlan.Target> targets = new ArrayList<>();
    for (RouteConfig.Target target : order) {
      boolean first = target.weight().isPresent() || (all == 0 && targets.isEmpty());
      if (first || route.fallback()) {
        targets.add(
            target(
                target.backend(),
                target.model().orElse(""),
                reason(target, all, first, route.fallback())));
      }
    }
    return new RoutePlan("The model is the name of a route.", targets);
  }

  private static String reason(
      RouteConfig.Target target, int all, boolean first, boolean fallback) {
    String next = fallback ? "if those before it cannot serve" : "";
    if (!first) {
      return "It is asked " + next + ".";
    }
    String share =
        all == 0
            ? "It is asked first."
            : "It is asked first for %d of %d calls.".formatted(target.weight().orElse(0), all);
    return fallback && all > 0 && target.weight().orElse(0) < all
        ? share.substring(0, share.length() - 1) + ", and else " + next + "."
        : share;
  }
}
