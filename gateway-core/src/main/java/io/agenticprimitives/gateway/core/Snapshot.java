package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import io.agenticprimitives.gateway.core.pipeline.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// What one configuration amounts to. Immutable. Whatever is asked of it is empty if a backend that
/// is needed has been given up: then another snapshot has taken its place.
final class Snapshot {
  private final LlmServices services;
  private final Router router;
  private final HealthChecks healthChecks;
  private final ModelCatalog catalog;
  private final DeadlineTimer timer;

  /// @param before the one whose place it takes
  Snapshot(LlmServices services, DeadlineTimer timer, Optional<Snapshot> before) {
    this.services = services;
    this.router = new Router(services, () -> ThreadLocalRandom.current().nextDouble());
    this.healthChecks = new HealthChecks(services);
    this.catalog = new ModelCatalog(services, timer, before.map(snapshot -> snapshot.catalog));
    this.timer = timer;
  }

  Optional<Readiness> lastReadiness() {
    return healthChecks.last();
  }

  boolean knowsModel(String backend, String model) {
    return services.isConfigured(backend, model) || catalog.lists(backend, model);
  }

  LlmServices services() {
    return services;
  }

  RoutePlan plan(String model, CallOptions options) {
    return new RoutePlanner(services).plan(model, options);
  }

  Optional<CompletionCall> complete(CompletionRequest request, CallOptions options) {
    List<Target> targets = router.route(request, options);
    return CallLeases.take(services.behind(targets))
        .map(leases -> new CompletionCall(targets, request, options, timer, leases));
  }

  Optional<EmbeddingsCall> embed(EmbeddingRequest request, CallOptions options) {
    Router.Address address = router.resolve(request.model(), options);
    LlmService service = address.service();
    return CallLeases.take(List.of(service))
        .map(
            leases ->
                new EmbeddingsCall(
                    service, request.withModel(address.model()), options, timer, leases));
  }

  Optional<ModelList> models(CallOptions options) {
    LlmService service = router.route(options);
    Optional<CallLeases> taken = CallLeases.take(List.of(service));
    try (CallLeases _ = taken.orElse(CallLeases.NONE)) {
      return taken.map(_ -> catalog.of(service, options));
    }
  }

  Optional<AllModels> allModels(CallOptions options) {
    Optional<CallLeases> taken = CallLeases.take(services.open());
    try (CallLeases _ = taken.orElse(CallLeases.NONE)) {
      return taken.map(_ -> catalog.all(options));
    }
  }

  Optional<Readiness> readiness() {
    Optional<CallLeases> taken = CallLeases.take(services.open());
    try (CallLeases _ = taken.orElse(CallLeases.NONE)) {
      return taken.map(_ -> healthChecks.readiness());
    }
  }
}
