package io.agenticprimitives.gateway.server.metrics;

import io.agenticprimitives.gateway.api.CallContext.Action;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// All that is counted of one backend, under its configured name. It outlives reloads.
final class BackendMeters {
  private final MeterRegistry registry;
  private final String backend;
  private final String provider;
  private final ModelLabels models;
  private final Map<Outcome, Counter> attempts = new EnumMap<>(Outcome.class);
  private final Map<Action, Counter> adjustments = new EnumMap<>(Action.class);
  private final Map<Operation, OperationMeters> operations = new ConcurrentHashMap<>();

  /// @param provider the `gen_ai.provider.name` of its provider
  /// @param isKnownModel whether it is configured or listed
  BackendMeters(
      MeterRegistry registry, String backend, String provider, Predicate<String> isKnownModel) {
    this.registry = registry;
    this.backend = backend;
    this.provider = provider;
    this.models = new ModelLabels(isKnownModel);
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.RUNNING) {
        attempts.put(outcome, attempts(outcome));
      }
    }
    for (Action action : Action.values()) {
      adjustments.put(action, adjustments(action));
    }
  }

  void attempt(Outcome outcome) {
    // One that still runs when its call has ended is about to be closed.
    Outcome ended = outcome == Outcome.RUNNING ? Outcome.CANCELLED : outcome;
    Objects.requireNonNull(attempts.get(ended)).increment();
  }

  void call(EndedCall call) {
    for (Adjustment adjustment : call.adjustments()) {
      Objects.requireNonNull(adjustments.get(adjustment.action())).increment();
    }
    operations
        .computeIfAbsent(
            call.operation(),
            operation -> new OperationMeters(registry, backend, provider, operation))
        .record(call, models.of(call));
  }

  private Counter attempts(Outcome outcome) {
    return Counter.builder("gateway.attempts")
        .description("Attempts at backends by how they ended; a call may make several")
        .tags("provider", backend, "outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Counter adjustments(Action action) {
    return Counter.builder("gateway.adjustments")
        .description("Parts of requests that a backend did not get as the caller gave them")
        .tags("provider", backend, "action", action.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
