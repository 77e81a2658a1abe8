package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.pipeline.BackendPipeline;
import io.agenticprimitives.gateway.core.pipeline.CallClock;
import io.agenticprimitives.gateway.core.pipeline.Leases;
import io.agenticprimitives.gateway.core.pipeline.PluginBoundary;
import io.agenticprimitives.gateway.core.pipeline.Target;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// A configured backend for language models together with its pipeline, which holds all state that
/// its calls share.
final class LlmService implements AutoCloseable {
  private final String name;
  private final String typeName;
  private final String providerClass;
  private final CallPolicy policy;
  private final PluginBoundary backend;
  private final BackendPipeline pipeline;

  LlmService(
      String name,
      String typeName,
      String providerClass,
      CallPolicy policy,
      PluginBoundary backend,
      CallClock clock,
      DoubleSupplier chance) {
    this.name = name;
    this.typeName = typeName;
    this.providerClass = providerClass;
    this.policy = policy;
    this.backend = backend;
    this.pipeline = new BackendPipeline(name, policy, backend, clock, chance);
  }

  String name() {
    return name;
  }

  String typeName() {
    return typeName;
  }

  String providerClass() {
    return providerClass;
  }

  CallPolicy policy() {
    return policy;
  }

  BackendPipeline pipeline() {
    return pipeline;
  }

  PluginBoundary backend() {
    return backend;
  }

  /// The backend as the target of a call.
  ///
  /// @param model what is asked for there; absent if the caller's own is kept
  Target target(Optional<String> model) {
    return new Target(
        name,
        model,
        policy.timeouts().total(),
        policy.retry().maxAttempts() - 1,
        policy.passAuthorization(),
        pipeline);
  }

  /// Keeps it from being closed for as long as a call may use it.
  Leases leases() {
    return backend.leases();
  }

  /// What it is doing at the moment.
  BackendLoad load() {
    return new BackendLoad(
        pipeline.circuitBreaker(), pipeline.inFlight(), pipeline.queued(), backend.abandoned());
  }

  Health health(CallOptions options) {
    try (LiveCall call = LiveCall.within(this, options, policy.timeouts().connect())) {
      return backend.health(call);
    }
  }

  /// Closes it when its last call has ended.
  @Override
  public void close() {
    backend.close();
  }
}
