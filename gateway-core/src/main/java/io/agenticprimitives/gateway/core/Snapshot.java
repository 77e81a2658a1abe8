package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.core.pipeline.CompletionQuestion;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import io.agenticprimitives.gateway.core.pipeline.EmbeddingsQuestion;
import io.agenticprimitives.gateway.core.pipeline.Question;
import io.agenticprimitives.gateway.core.pipeline.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

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
    this.catalog = new ModelCatalog(services, before.map(snapshot -> snapshot.catalog));
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

  Optional<BackendCall> complete(CompletionRequest request, CallOptions options) {
    return call(router.route(request.model(), options), new CompletionQuestion(request), options);
  }

  Optional<EmbeddingsCall> embed(EmbeddingRequest request, CallOptions options) {
    AtomicReference<Embeddings> answer = new AtomicReference<>();
    List<Target> same = List.of(router.first(request.model(), options));
    return call(same, new EmbeddingsQuestion(request, answer::set), options)
        .map(call -> new EmbeddingsCall(call, answer));
  }

  private Optional<BackendCall> call(List<Target> targets, Question question, CallOptions options) {
    return CallLeases.take(services.behind(targets))
        .map(leases -> new BackendCall(targets, question, options, timer, leases));
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
