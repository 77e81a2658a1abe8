package io.agenticprimitives.gateway.server.tracing;

import io.agenticprimitives.gateway.core.config.TracingConfig;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Where spans go: the configuration's address, else that of OpenTelemetry's own variables. Keys
/// for the collector come from those variables only.
final class Collector {
  private final String endpoint;
  private final String headers;
  private final String serviceName;

  private Collector(String endpoint, String headers, String serviceName) {
    this.endpoint = endpoint;
    this.headers = headers;
    this.serviceName = serviceName;
  }

  /// Empty if there is none, or the environment switches traces off.
  static Optional<Collector> find(TracingConfig config, Map<String, String> environment) {
    boolean off =
        environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")
            || environment.getOrDefault("OTEL_TRACES_EXPORTER", "").equals("none");
    if (off) {
      return Optional.empty();
    }
    return config
        .endpoint()
        .map(Collector::ofBase)
        .or(() -> set(environment, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
        .or(() -> set(environment, "OTEL_EXPORTER_OTLP_ENDPOINT").map(Collector::ofBase))
        .map(
            endpoint ->
                new Collector(
                    endpoint,
                    set(environment, "OTEL_EXPORTER_OTLP_TRACES_HEADERS")
                        .or(() -> set(environment, "OTEL_EXPORTER_OTLP_HEADERS"))
                        .orElse(""),
                    set(environment, "OTEL_SERVICE_NAME").orElse("agentic-primitives-gateway")));
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static String ofBase(String base) {
    return (base.endsWith("/") ? base : base + "/") + "v1/traces";
  }

  String serviceName() {
    return serviceName;
  }

  SpanExporter exporter() {
    OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint);
    for (String header : headers.split(",", -1)) {
      int equals = header.indexOf('=');
      if (equals > 0) {
        String value = header.substring(equals + 1).strip();
        // A plus is a plus here, not a space.
        exporter.addHeader(
            header.substring(0, equals).strip(),
            URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return exporter.build();
  }
}
