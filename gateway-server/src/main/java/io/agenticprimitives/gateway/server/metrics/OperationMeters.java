package io.agenticprimitives.gateway.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/// What is counted of one sort of call at one backend. Names and labels are the original project's.
final class OperationMeters {
  private static final Duration[] DURATIONS =
      LongStream.of(5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Tags labels;
  private final Tags genAi;
  private final Timer duration;
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Map<String, Counter> errors = new ConcurrentHashMap<>();
  private final Map<String, ModelMeters> models = new ConcurrentHashMap<>();

  OperationMeters(MeterRegistry registry, String backend, String provider, Operation operation) {
    this.registry = registry;
    this.labels = Tags.of("primitive", "llm", "provider", backend, "method", operation.method());
    this.genAi =
        Tags.of(
            "provider",
            backend,
            "gen_ai_provider_name",
            provider,
            "gen_ai_operation_name",
            operation.genAiName());
    this.duration =
        Timer.builder("agentic_primitives_gateway.request.duration")
            .description("How long calls of backends took, streams to their end")
            .tags(labels)
            .serviceLevelObjectives(DURATIONS)
            .register(registry);
  }

  /// @param model a label, not just any name
  void record(EndedCall call, String model) {
    requests.computeIfAbsent(status(call), this::requests).increment();
    duration.record(call.total());
    if (!call.isFinished() && !call.isCancelled()) {
      errors.computeIfAbsent(call.errorType(), this::errors).increment();
    }
    if (!call.operation().genAiName().isEmpty()) {
      models.computeIfAbsent(model, name -> new ModelMeters(registry, name, genAi)).record(call);
    }
  }

  private static String status(EndedCall call) {
    if (call.isFinished()) {
      return "success";
    }
    return switch (call.errorType()) {
      case "cancelled" -> "cancelled";
      case "unsupported" -> "not_implemented";
      default -> "error";
    };
  }

  private Counter requests(String status) {
    return Counter.builder("agentic_primitives_gateway.requests")
        .description("Calls of backends by how they ended")
        .tags(labels.and("status", status))
        .register(registry);
  }

  private Counter errors(String type) {
    return Counter.builder("agentic_primitives_gateway.provider.errors")
        .description("Calls of backends that failed, by the kind of the failure")
        .tags(labels.and("error_type", type))
        .register(registry);
  }
}
