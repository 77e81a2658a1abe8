package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
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
import java.util.function.Function;

/// What is configured, live: the backends, and who serves which call. Thread-safe.
///
/// A new configuration takes the place of the old one by [#reload]: calls that begin then go by it,
/// calls under way end as they began, and each backend that is not needed any more closes when the
/// last of its calls ends.
public final class Gateway implements AutoCloseable {
  private final DeadlineTimer timer;
  private volatile Snapshot current;

  private Gateway(Snapshot first, DeadlineTimer timer) {
    this.current = first;
    this.timer = timer;
  }

  /// Opens every configured backend. A backend whose configuration names a variable that is not set
  /// is unavailable, with the reason; everything else that is wrong is added to the problems.
  ///
  /// @return empty if the gateway cannot work; the problems say why
  public static Optional<Gateway> open(GatewayConfig config, Plugins plugins, Problems problems) {
    DeadlineTimer timer = new DeadlineTimer();
    Optional<Gateway> gateway =
        services(config, plugins, problems, timer, Optional.empty())
            .map(services -> new Gateway(new Snapshot(services, timer, Optional.empty()), timer));
    if (gateway.isEmpty()) {
      timer.close();
    }
    return gateway;
  }

  /// Puts another configuration in the place of the one that serves, if it can work; if not,
  /// nothing changes. Backends that would become the same are carried over with their connections,
  /// breakers and queues.
  ///
  /// @param plugins those that the new configuration is served with
  /// @return empty if it cannot work; the problems say why
  public synchronized Optional<BackendChanges> reload(
      GatewayConfig config, Plugins plugins, Problems problems) {
    Snapshot before = current;
    Optional<LlmServices> services =
        services(config, plugins, problems, timer, Optional.of(before.services()));
    services.ifPresent(fresh -> current = new Snapshot(fresh, timer, Optional.of(before)));
    return services.map(fresh -> retire(before.services(), fresh));
  }

  private static Optional<LlmServices> services(
      GatewayConfig config,
      Plugins plugins,
      Problems problems,
      DeadlineTimer timer,
      Optional<LlmServices> before) {
    PrimitiveConfig llm = config.primitives().get("llm");
    if (llm == null) {
      problems.add(
          new ConfigNode.Position(config.source(), 0),
          "providers.llm",
          "no backend is configured; name one with 'backend' and 'config', or several in"
              + " 'backends'");
      return Optional.empty();
    }
    LlmServices services = new BackendOpener(plugins, problems, timer, before).open(config, llm);
    if (problems.isEmpty()) {
      return Optional.of(services);
    }
    List<LlmService> kept = before.map(LlmServices::open).orElse(List.of());
    services.open().stream().filter(service -> !kept.contains(service)).forEach(LlmService::close);
    return Optional.empty();
  }

  /// A backend that takes its time to close does not hold up the others.
  private static BackendChanges retire(LlmServices before, LlmServices after) {
    List<LlmService> old = before.open();
    List<LlmService> live = after.open();
    List<LlmService> dropped = old.stream().filter(service -> !live.contains(service)).toList();
    dropped.forEach(service -> Thread.ofVirtual().name("close-backend").start(service::close));
    return new BackendChanges(
        live.stream().filter(old::contains).map(LlmService::name).toList(),
        live.stream().filter(service -> !old.contains(service)).map(LlmService::name).toList(),
        dropped.stream().map(LlmService::name).toList());
  }

  /// Adds to the problems of a configuration that cannot be opened what is wrong with its backends,
  /// so that an operator sees everything at once.
  public static void check(LoadedConfig loaded, Plugins plugins) {
    BackendOpener.check(loaded.backends(), plugins, loaded.problems());
  }

  /// Where a call for a model would go, and why. Nobody is asked.
  ///
  /// @throws BackendException if the call names a backend that does not exist
  public RoutePlan plan(String model, CallOptions options) {
    return current.plan(model, options);
  }

  /// Starts a completion: finds the backend that serves it. Nothing is sent before the first event
  /// is asked for. The caller must close the call.
  ///
  /// @throws BackendException if there is no such backend, or it cannot serve
  public BackendCall complete(CompletionRequest request, CallOptions options) {
    return now(snapshot -> snapshot.complete(request, options));
  }

  /// The models of the backend that serves the caller. It waits for the upstream; interrupting the
  /// thread gives the call up.
  ///
  /// @throws BackendException if there is no such backend, it cannot serve, or its upstream fails
  public ModelList models(CallOptions options) {
    return now(snapshot -> snapshot.models(options));
  }

  /// The models of all backends, as far as they can be learned in a moment. Interrupting the thread
  /// gives the call up.
  public AllModels allModels(CallOptions options) {
    return now(snapshot -> snapshot.allModels(options));
  }

  /// The names of routes, which callers use as models, in the order of the configuration.
  public List<String> routes() {
    return List.copyOf(current.services().routeNames());
  }

  /// Starts to make vectors of texts: finds the backend that does it. Nothing is sent before they
  /// are waited for. The caller must close the call.
  ///
  /// @throws BackendException if there is no such backend, or it cannot serve
  public EmbeddingsCall embed(EmbeddingRequest request, CallOptions options) {
    return now(snapshot -> snapshot.embed(request, options));
  }

  /// Asks all backends how they are; the answer may be some seconds old.
  public Readiness readiness() {
    return now(Snapshot::readiness);
  }

  /// Asks the snapshot that serves now; if its backends were given up in between, the next one.
  private <T> T now(Function<Snapshot, Optional<T>> question) {
    while (true) {
      Snapshot asked = current;
      Optional<T> answer = question.apply(asked);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (asked == current) {
        throw new BackendException(ErrorKind.UNAVAILABLE, "The gateway has been shut down.");
      }
    }
  }

  /// What [#readiness()] found out last, however long ago; empty if nobody has asked yet.
  public Optional<Readiness> lastReadiness() {
    return current.lastReadiness();
  }

  /// The kind of a backend's provider, `openai_compatible` for instance; empty if there is no such
  /// backend, or it cannot serve.
  public Optional<String> providerType(String backend) {
    return current.services().slots().get(backend) instanceof LlmServices.Slot.Open open
        ? Optional.of(open.service().typeName())
        : Optional.empty();
  }

  /// Whether a model's name is more than a caller's word: it is configured, or the backend has
  /// listed it. Nobody is asked.
  public boolean knowsModel(String backend, String model) {
    return current.knowsModel(backend, model);
  }

  /// What is configured for each primitive, by its name.
  public Map<String, PrimitiveOverview> providers() {
    LlmServices services = current.services();
    return Map.of(
        "llm", new PrimitiveOverview(services.defaultName(), List.copyOf(services.names())));
  }

  /// What the backends that can serve are doing, by `primitive/backend`.
  public Map<String, BackendLoad> load() {
    Map<String, BackendLoad> load = new LinkedHashMap<>();
    current.services().open().forEach(service -> load.put("llm/" + service.name(), service.load()));
    return load;
  }

  /// All configured backends in the order of the configuration.
  public List<BackendState> backends() {
    return current.services().slots().entrySet().stream()
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

  /// Closes all backends, at once; one that a call still uses, when that has ended. Each has its
  /// time; it is not waited for any longer.
  @Override
  public synchronized void close() {
    List<Thread> closing =
        current.services().open().stream()
            .map(service -> Thread.ofVirtual().name("close-backend").start(service::close))
            .toList();
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    timer.close();
  }
}
