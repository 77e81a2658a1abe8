package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import io.agenticprimitives.gateway.core.config.RetryConfig;
import io.agenticprimitives.gateway.core.config.RouteConfig;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.pipeline.Calls;
import io.agenticprimitives.gateway.core.pipeline.CompletionQuestion;
import io.agenticprimitives.gateway.core.pipeline.EmbeddingsQuestion;
import io.agenticprimitives.gateway.core.pipeline.ManualClock;
import io.agenticprimitives.gateway.core.pipeline.PluginBoundary;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/// Backends and routes whose time stands still and whose chance is always one half.
final class TestGateway {
  static final RetryConfig ONCE =
      new RetryConfig(1, Duration.ofMillis(500), Duration.ofSeconds(10));
  static final ConcurrencyConfig NO_LIMIT = ConcurrencyConfig.DEFAULT;
  static final BreakerConfig NO_BREAKER =
      new BreakerConfig(false, 80, 20, Duration.ofSeconds(30), Duration.ofSeconds(10), 3);

  /// Nothing protects anybody.
  static final CallPolicy BARE = new CallPolicy(Timeouts.DEFAULT, ONCE, NO_LIMIT, NO_BREAKER);

  final ManualClock clock = new ManualClock();
  double chance = 0.5;
  private final Map<String, LlmServices.Slot> slots = new LinkedHashMap<>();
  private final Map<String, RouteConfig> routes = new LinkedHashMap<>();

  static CallPolicy retrying(int maxAttempts) {
    return retrying(new RetryConfig(maxAttempts, Duration.ofMillis(500), Duration.ofSeconds(10)));
  }

  static CallPolicy retrying(RetryConfig retry) {
    return new CallPolicy(Timeouts.DEFAULT, retry, NO_LIMIT, NO_BREAKER);
  }

  static CallPolicy limited(int maxConcurrent, int maxQueued) {
    return new CallPolicy(
        Timeouts.DEFAULT,
        ONCE,
        new ConcurrencyConfig(Optional.of(maxConcurrent), maxQueued, Duration.ofSeconds(10)),
        NO_BREAKER);
  }

  static CallPolicy breaking(BreakerConfig breaker) {
    return new CallPolicy(Timeouts.DEFAULT, ONCE, NO_LIMIT, breaker);
  }

  ScriptedBackend backend(String name, CallPolicy policy) {
    ScriptedBackend backend = new ScriptedBackend();
    PluginBoundary boundary =
        new PluginBoundary(name, backend, ScriptedBackend.class.getClassLoader());
    slots.put(
        name,
        new LlmServices.Slot.Open(
            new LlmService(name, "test", "Test", policy, boundary, clock, () -> chance),
            Optional.empty()));
    return backend;
  }

  void unavailable(String name) {
    slots.put(name, new LlmServices.Slot.Unavailable("Test", "KEY is not set."));
  }

  void route(String name, boolean fallback, RouteConfig.Target... targets) {
    routes.put(name, new RouteConfig(name, List.of(targets), fallback));
  }

  static RouteConfig.Target target(String backend) {
    return new RouteConfig.Target(backend, Optional.empty(), Optional.empty());
  }

  LlmService service(String name) {
    return ((LlmServices.Slot.Open) Objects.requireNonNull(slots.get(name))).service();
  }

  BackendCall call(String model) {
    return call(model, CallOptions.of("r"));
  }

  /// A call for a model; of the first backend if it is empty.
  BackendCall call(String model, CallOptions options) {
    var request = Calls.request(Delivery.STREAMED).withModel(model);
    return new BackendCall(
        router().route(model, options),
        new CompletionQuestion(request),
        options,
        clock,
        CallLeases.NONE);
  }

  /// A request for the vector of one text.
  EmbeddingsCall embeddings(String model) {
    AtomicReference<Embeddings> answer = new AtomicReference<>();
    CallOptions options = CallOptions.of("r");
    return new EmbeddingsCall(
        new BackendCall(
            List.of(router().first(model, options)),
            new EmbeddingsQuestion(Calls.embeddingRequest(model), answer::set),
            options,
            clock,
            CallLeases.NONE),
        answer);
  }

  Router router() {
    return new Router(services(), () -> chance);
  }

  LlmServices services() {
    return new LlmServices(slots.keySet().iterator().next(), slots, routes);
  }

  /// Reads a call to its end on a thread of its own.
  static FutureTask<String> reading(BackendCall call) {
    FutureTask<String> task = new FutureTask<>(() -> Completion.of(call).text());
    Thread.ofVirtual().start(task);
    return task;
  }
}
