package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.core.config.ConfigNode;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.config.PrimitiveConfig;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// What is configured, live: the backends, and who serves which call. Thread-safe and immutable; a
/// new configuration is a new gateway.
public final class Gateway implements AutoCloseable {
  private final LlmServices services;
  private final Router router;
  private final HealthChecks healthChecks;
  private final ModelCatalog catalog;
  private final DeadlineTimer timer;

  Gateway(LlmServices services, DeadlineTimer timer) {
    this.services = services;
    this.router = new Router(services, () -> ThreadLocalRandom.current().nextDouble());
    this.healthChecks = new HealthChecks(services);
    this.catalog = new ModelCatalog(services, timer);
    this.timer = timer;
  }

  /// Opens every configured backend. A backend whose configuration names a variable that is not set
  /// is unavailable, with the reason; everything else that is wrong is added to the problems.
  ///
  /// @return empty if the gateway cannot work; the problems say why
  public static Optional<Gateway> open(GatewayConfig config, Plugins plugins, Problems problems) {
    PrimitiveConfig llm = config.primitives().get("llm");
    if (llm == null) {
      problems.add(
          new ConfigNode.Position(config.source(), 0),
          "providers.llm",
          "no backend is configured; name one with 'backend' and 'config', or several in"
              + " 'backends'");
      return Optional.empty();
    }
    DeadlineTimer timer = new DeadlineTimer();
    Gateway gateway =
        new Gateway(new BackendOpener(plugins, problems, timer).open(config, llm), timer);
    if (problems.isEmpty()) {
      return Optional.of(gateway);
    }
    gateway.close();
    return Optional.empty();
  }

  /// Adds to the problems of a configuration that cannot be opened what is wrong with its backends,
  /// so that an operator sees everything at once.
  public static void check(LoadedConfig loaded, Plugins plugins) {
    BackendOpener.check(loaded.backends(), plugins, loaded.problems());
  }

  /// Starts a completion: finds the backend that serves it. Nothing is sent before the first event
  /// is asked for. The caller must close the call.
  ///
  /// @throws BackendException if there is no such backend, or it cannot serve
  public CompletionCall complete(CompletionRequest request, CallOptions options) {
    return new CompletionCall(router.route(request, options), request, options, timer);
  }

  /// The models of the backend that serves the caller. It waits for the upstream; interrupting the
  /// thread gives the call up.
  ///
  /// @throws BackendException if there is no such backend, it cannot serve, or its upstream fails
  public ModelList models(CallOptions options) {
    return catalog.of(router.route(options), options);
  }

  /// The models of all backends, as far as they can be learned in a moment. Interrupting the thread
  /// gives the call up.
  public AllModels allModels(CallOptions options) {
    return catalog.all(options);
  }

  /// The names of routes, which callers use as models, in the order of the configuration.
  public List<String> routes() {
    return List.copyOf(services.routeNames());
  }

  /// Starts to make vectors of texts: finds the backend that does it. Nothing is sent before they
  /// are waited for.
  ///
  /// @throws BackendException if there is no such backend, or it cannot serve
  public EmbeddingsCall embed(EmbeddingRequest request, CallOptions options) {
    Router.Address address = router.resolve(request.model(), options);
    return new EmbeddingsCall(
        address.service(), request.withModel(address.model()), options, timer);
  }

  /// Asks all backends how they are; the answer may be some seconds old.
  public Readiness readiness() {
    return healthChecks.readiness();
  }

  /// What [#readiness()] found out last, however long ago; empty if nobody has asked yet.
  public Optional<Readiness> lastReadiness() {
    return healthChecks.last();
  }

  /// The kind of a backend's provider, `openai_compatible` for instance; empty if there is no such
  /// backend, or it cannot serve.
  public Optional<String> providerType(String backend) {
    return services.slots().get(backend) instanceof LlmServices.Slot.Open open
        ? Optional.of(open.service().typeName())
        : Optional.empty();
  }

  /// Whether a model's name is more than a caller's word: it is configured, or the backend has
  /// listed it. Nobody is asked.
  public boolean knowsModel(String backend, String model) {
    return services.isConfigured(backend, model) || catalog.lists(backend, model);
  }

  /// What is configured for each primitive, by its name.
  public Map<String, PrimitiveOverview> providers() {
    return Map.of(
        "llm", new PrimitiveOverview(services.defaultName(), List.copyOf(services.names())));
  }

  /// What the backends that can serve are doing, by `primitive/backend`.
  public Map<String, BackendLoad> load() {
    Map<String, BackendLoad> load = new LinkedHashMap<>();
    services
        .slots()
        .forEach(
            (name, slot) -> {
              if (slot instanceof LlmServices.Slot.Open open) {
                load.put("llm/" + name, open.service().load());
              }
            });
    return load;
  }

  /// All configured backends in the order of the configuration.
  public List<BackendState> backends() {
    return services.slots().entrySet().stream()
        .map(entry -> stateOf(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static BackendState stateOf(String name, LlmServices.Slot slot) {
    return switch (slot) {
      case LlmServices.Slot.Open open ->
          new BackendState(name, "llm", open.service().providerClass(), "");
      case LlmServices.Slot.Unavailable unavailable ->
          new BackendState(name, "llm", unavailable.provider(), unavailable.reason());
    };
  }

  /// Closes all backends. No call may be under way.
  @Override
  public void close() {
    services.close();
    timer.close();
  }
}
