package io.agenticprimitives.gateway.server.metrics;

import io.agenticprimitives.gateway.api.llm.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// What is counted of one model at one backend. Meters are made when they are needed, because most
/// models never report most kinds of tokens.
final class ModelMeters {
  private static final Duration[] DURATIONS = doubling(Duration.ofMillis(80), 14);
  private static final Duration[] FIRST_CHUNKS = doubling(Duration.ofMillis(20), 13);

  private final MeterRegistry registry;
  private final String model;
  private final Tags genAi;
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Map<String, Counter> tokens = new ConcurrentHashMap<>();
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();
  private final Map<String, DistributionSummary> usages = new ConcurrentHashMap<>();
  private final Map<String, Timer> firstChunks = new ConcurrentHashMap<>();

  /// @param genAi labels of the backend in the words of OpenTelemetry's GenAI conventions
  ModelMeters(MeterRegistry registry, String model, Tags genAi) {
    this.registry = registry;
    this.model = model;
    this.genAi = genAi.and("gen_ai_request_model", model);
  }

  void record(EndedCall call) {
    String status = call.isFinished() ? "success" : call.isCancelled() ? "cancelled" : "failure";
    requests.computeIfAbsent(status, this::requests).increment();
    durations.computeIfAbsent(call.errorType(), this::duration).record(call.total());
    call.firstEvent()
        .ifPresent(time -> firstChunks.computeIfAbsent("", _ -> firstChunk()).record(time));
    Usage usage = call.usage();
    count("input", usage.inputTokens());
    count("output", usage.outputTokens());
    if (usage.inputTokens().isPresent() || usage.outputTokens().isPresent()) {
      long total = usage.inputTokens().orElse(0) + usage.outputTokens().orElse(0);
      count("total", OptionalLong.of(total));
    }
    count("cache_read", usage.cacheReadInputTokens());
    count("cache_write", usage.cacheWriteInputTokens());
    count("reasoning", usage.reasoningTokens());
    distribute("input", usage.inputTokens());
    distribute("output", usage.outputTokens());
  }

  private void count(String kind, OptionalLong number) {
    number.ifPresent(n -> tokens.computeIfAbsent(kind, this::tokens).increment((double) n));
  }

  private void distribute(String type, OptionalLong number) {
    number.ifPresent(n -> usages.computeIfAbsent(type, this::usage).record((double) n));
  }

  private Counter requests(String status) {
    return Counter.builder("gateway.llm.requests")
        .description("Calls of models by how they ended")
        .tags("model", model, "status", status)
        .register(registry);
  }

  private Counter tokens(String kind) {
    return Counter.builder("gateway.llm.tokens")
        .description("Tokens; total is input and output, the other kinds are parts of these")
        .tags("model", model, "kind", kind)
        .register(registry);
  }

  private Timer duration(String errorType) {
    return Timer.builder("gen_ai.client.operation.duration")
        .description("How long calls of models took, with all that was waited for and tried")
        .tags(genAi.and("error_type", errorType))
        .serviceLevelObjectives(DURATIONS)
        .register(registry);
  }

  private Timer firstChunk() {
    return Timer.builder("gen_ai.client.operation.time_to_first_chunk")
        .description("How long the first events of streams took")
        .tags(genAi)
        .serviceLevelObjectives(FIRST_CHUNKS)
        .register(registry);
  }

  private DistributionSummary usage(String type) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .description("Tokens of each call")
        .tags(genAi.and("gen_ai_token_type", type))
        .serviceLevelObjectives(16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576)
        .register(registry);
  }

  private static Duration[] doubling(Duration first, int count) {
    Duration[] bounds = new Duration[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = first.multipliedBy(1L << i);
    }
    return bounds;
  }
}
