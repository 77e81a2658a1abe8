package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.pipeline.CompletionPipeline;
import io.agenticprimitives.gateway.core.pipeline.CompletionStep;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import io.agenticprimitives.gateway.core.pipeline.PluginBoundary;

/// A configured backend for language models together with its pipeline.
final class LlmService implements AutoCloseable {
  private final String name;
  private final String typeName;
  private final String providerClass;
  private final Timeouts timeouts;
  private final PluginBoundary backend;
  private final CompletionStep pipeline;

  LlmService(
      String name,
      String typeName,
      String providerClass,
      Timeouts timeouts,
      PluginBoundary backend,
      DeadlineTimer timer) {
    this.name = name;
    this.typeName = typeName;
    this.providerClass = providerClass;
    this.timeouts = timeouts;
    this.backend = backend;
    this.pipeline = CompletionPipeline.to(name, backend, timeouts, timer);
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

  Timeouts timeouts() {
    return timeouts;
  }

  CompletionStep pipeline() {
    return pipeline;
  }

  PluginBoundary backend() {
    return backend;
  }

  Health health(CallOptions options) {
    return backend.health(new LiveCall(name, options, timeouts.connect()));
  }

  @Override
  public void close() {
    backend.close();
  }
}
