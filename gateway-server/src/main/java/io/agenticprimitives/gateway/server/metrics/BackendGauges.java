package io.agenticprimitives.gateway.server.metrics;

import io.agenticprimitives.gateway.core.BackendLoad;
import io.agenticprimitives.gateway.core.Gateway;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// What backends are doing at the moment of a scrape. The backends of a configuration that is gone
/// are gone from here too.
final class BackendGauges {
  private static final List<String> BREAKER_STATES =
      List.of("closed", "open", "half_open", "disabled");

  private final Supplier<Gateway> gateway;
  private final PrometheusRegistry registry;

  BackendGauges(Supplier<Gateway> gateway, PrometheusRegistry registry) {
    this.gateway = gateway;
    this.registry = registry;
  }

  void register() {
    load(
        "gateway_backend_calls_in_flight",
        "Calls that a backend is serving",
        BackendLoad::inFlight);
    load("gateway_backend_calls_queued", "Calls that wait for a backend", BackendLoad::queued);
    load(
        "gateway_backend_calls_abandoned",
        "Calls that are over, but whose thread the provider keeps",
        BackendLoad::abandoned);
    gauge("gateway_circuit_breaker_state", "1 for the state that the circuit breaker is in")
        .labelNames("primitive", "provider", "state")
        .callback(this::breakers)
        .register(registry);
    gauge(
            "agentic_primitives_gateway_provider_health",
            "0 for a backend that was down when it was last asked; nobody is asked for this")
        .labelNames("primitive", "provider")
        .callback(this::health)
        .register(registry);
  }

  private void load(String name, String help, ToDoubleFunction<BackendLoad> value) {
    gauge(name, help)
        .labelNames("primitive", "provider")
        .callback(
            callback ->
                gateway
                    .get()
                    .load()
                    .forEach((key, load) -> callback.call(value.applyAsDouble(load), split(key))))
        .register(registry);
  }

  private void breakers(GaugeWithCallback.Callback callback) {
    gateway
        .get()
        .load()
        .forEach(
            (key, load) -> {
              String[] names = split(key);
              for (String state : BREAKER_STATES) {
                callback.call(
                    load.circuitBreaker().equals(state) ? 1 : 0, names[0], names[1], state);
              }
            });
  }

  private void health(GaugeWithCallback.Callback callback) {
    gateway
        .get()
        .lastReadiness()
        .ifPresent(
            readiness ->
                readiness
                    .checks()
                    .forEach(
                        (key, status) -> callback.call(status.equals("down") ? 0 : 1, split(key))));
  }

  private static GaugeWithCallback.Builder gauge(String name, String help) {
    return GaugeWithCallback.builder().name(name).help(help);
  }

  /// Of `primitive/backend`.
  private static String[] split(String key) {
    return key.split("/", 2);
  }
}
