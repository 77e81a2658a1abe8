package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.core.config.RouteConfig;
import io.agenticprimitives.gateway.core.pipeline.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Decides which backends may serve a call: the one that the caller names in a header; else, where
/// a model is written `backend/model`, that backend; else those of the route that is named like the
/// model; else the default.
final class Router {
  private final LlmServices services;
  private final DoubleSupplier chance;

  /// @param chance numbers from 0 to below 1
  Router(LlmServices services, DoubleSupplier chance) {
    this.services = services;
    this.chance = chance;
  }

  /// A backend and what is asked for there.
  ///
  /// @param model as the upstream knows it
  private record Address(LlmService service, String model) {
    Target target() {
      return service.target(Optional.of(model));
    }
  }

  /// The targets that may serve a call, at least one, in the order in which they are asked.
  List<Target> route(String model, CallOptions options) {
    return named(model, options)
        .map(Router::only)
        .or(() -> services.route(model).map(this::along))
        .orElseGet(() -> only(new Address(services.defaultService(), model)));
  }

  private static List<Target> only(Address address) {
    return List.of(address.target());
  }

  private List<Target> along(RouteConfig route) {
    return new TargetOrder(chance)
        .of(route.targets(), route.fallback()).stream().map(services::target).toList();
  }

  /// The target for a call that has to go to the same one each time: vectors of different models
  /// cannot be compared. Of a route it is the first.
  Target first(String model, CallOptions options) {
    return named(model, options)
        .map(Address::target)
        .or(() -> services.route(model).map(route -> services.target(route.targets().getFirst())))
        .orElseGet(() -> new Address(services.defaultService(), model).target());
  }

  /// The backend that the caller names in a header or before the model.
  private Optional<Address> named(String model, CallOptions options) {
    int slash = model.indexOf('/');
    boolean prefixed = slash > 0 && services.isConfigured(model.substring(0, slash));
    return named(options)
        .map(service -> new Address(service, model))
        .or(
            () ->
                prefixed
                    ? Optional.of(
                        new Address(
                            services.byName(model.substring(0, slash)), model.substring(slash + 1)))
                    : Optional.empty());
  }

  LlmService route(CallOptions options) {
    return named(options).orElseGet(services::defaultService);
  }

  /// A name for any primitive that the language models do not have is unknown altogether, as long
  /// as they are the only primitive.
  private Optional<LlmService> named(CallOptions options) {
    return options.backend().or(options::anyBackend).map(services::byName);
  }
}
