package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
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

  /// The targets that may serve a call, at least one, in the order in which they are asked.
  List<Target> route(CompletionRequest request, CallOptions options) {
    Optional<LlmService> named = named(options);
    if (named.isPresent()) {
      return to(named.get(), Optional.empty());
    }
    String model = request.model();
    int slash = model.indexOf('/');
    if (slash > 0 && services.isConfigured(model.substring(0, slash))) {
      return to(
          services.byName(model.substring(0, slash)), Optional.of(model.substring(slash + 1)));
    }
    return services
        .route(model)
        .map(this::along)
        .orElseGet(() -> to(services.defaultService(), Optional.empty()));
  }

  LlmService route(CallOptions options) {
    return named(options).orElseGet(services::defaultService);
  }

  /// A name for any primitive that the language models do not have is unknown altogether, as long
  /// as they are the only primitive.
  private Optional<LlmService> named(CallOptions options) {
    return options.backend().or(options::anyBackend).map(services::byName);
  }

  private static List<Target> to(LlmService service, Optional<String> model) {
    return List.of(service.target(model));
  }

  private List<Target> along(RouteConfig route) {
    return new TargetOrder(chance)
        .of(route.targets(), route.fallback()).stream().map(services::target).toList();
  }
}
