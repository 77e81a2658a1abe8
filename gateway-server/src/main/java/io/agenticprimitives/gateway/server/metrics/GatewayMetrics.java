package io.agenticprimitives.gateway.server.metrics;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// All metrics of one server. They outlive the configurations that it serves. Every label comes
/// from a set that callers cannot make grow: configured names, routes, words of this program, and
/// names of models as [ModelLabels] has them. Thread-safe.
public final class GatewayMetrics implements AutoCloseable {
  /// The type of what [#scrape()] gives.
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Gateway> gateway;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmMeters jvm;
  private final Map<String, BackendMeters> backends = new ConcurrentHashMap<>();
  private final Map<CallLabels, Counter> calls = new ConcurrentHashMap<>();
  private final Map<AuthLabels, Counter> authentications = new ConcurrentHashMap<>();

  private record CallLabels(String route, String outcome, int statusClass) {}

  private record AuthLabels(String backend, boolean success, String principalType) {}

  /// @param gateway the one that serves now
  /// @param inFlight how many calls are under way
  public GatewayMetrics(Supplier<Gateway> gateway, IntSupplier inFlight) {
    this.gateway = gateway;
    this.jvm = new JvmMeters(registry);
    new BackendGauges(gateway, registry.getPrometheusRegistry()).register();
    Gauge.builder("gateway.calls.in.flight", inFlight::getAsInt)
        .description("Calls under way")
        .register(registry);
    String version = GatewayMetrics.class.getPackage().getImplementationVersion();
    Gauge.builder("gateway.build.info", () -> 1)
        .description("Always 1; what runs is in the labels")
        .tags("version", Objects.requireNonNullElse(version, "development"))
        .tags("java_version", Runtime.version().toString())
        .register(registry);
  }

  /// Counts a call that has ended.
  public void ended(EndedCall call) {
    calls
        .computeIfAbsent(
            new CallLabels(call.route(), call.ending(), call.status() / 100), this::calls)
        .increment();
    for (Attempt attempt : call.attempts()) {
      backend(attempt.backend()).attempt(attempt.outcome());
    }
    if (!call.backend().isEmpty()) {
      backend(call.backend()).call(call);
    }
  }

  /// Counts a caller who proved who it is, or did not.
  ///
  /// @param backend the way in which callers prove it
  /// @param principalType what the caller is, as configured; `anonymous` for one who is nobody
  public void authenticated(String backend, boolean success, String principalType) {
    authentications
        .computeIfAbsent(new AuthLabels(backend, success, principalType), this::authentications)
        .increment();
  }

  private BackendMeters backend(String name) {
    BackendMeters known = backends.get(name);
    return known != null ? known : backends.computeIfAbsent(name, this::prepare);
  }

  private BackendMeters prepare(String name) {
    String provider = gateway.get().providerType(name).map(GenAiProviders::name).orElse("");
    return new BackendMeters(
        registry, name, provider, model -> gateway.get().knowsModel(name, model));
  }

  private Counter calls(CallLabels labels) {
    return Counter.builder("gateway.calls")
        .description("Calls by route and how they ended")
        .tags("route", labels.route(), "outcome", labels.outcome())
        .tags("status", labels.statusClass() + "xx")
        .register(registry);
  }

  private Counter authentications(AuthLabels labels) {
    return Counter.builder("gateway.auth.events")
        .description("Callers who proved who they are, or did not")
        .tags("backend", labels.backend(), "outcome", labels.success() ? "success" : "failure")
        .tags("principal_type", labels.principalType())
        .register(registry);
  }

  /// All metrics as they are now.
  public String scrape() {
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    jvm.close();
    registry.close();
  }
}
