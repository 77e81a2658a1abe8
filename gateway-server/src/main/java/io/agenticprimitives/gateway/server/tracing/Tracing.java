package io.agenticprimitives.gateway.server.tracing;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.TracingConfig;
import io.agenticprimitives.gateway.server.metrics.GenAiProviders;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Makes a span of each call and one of each attempt, and sends them to an OTLP collector. What is
/// to be sent waits in a bounded queue; if the collector is slower than the calls, spans are lost
/// and no call waits. A caller's trace is continued, and its wish not to be sampled is honoured.
/// Thread-safe.
public final class Tracing implements AutoCloseable {
  private static final int MOST_WAITING = 2048;
  private static final int LAST_SENDING_SECONDS = 3;

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Supplier<Gateway> gateway;

  private Tracing(Collector collector, Supplier<Gateway> gateway) {
    BatchSpanProcessor processor =
        BatchSpanProcessor.builder(collector.exporter())
            .setMaxQueueSize(MOST_WAITING)
            .setScheduleDelay(1, TimeUnit.SECONDS)
            .build();
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource(collector))
            .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
            .addSpanProcessor(processor)
            .build();
    this.tracer = provider.get("io.agenticprimitives.gateway");
    this.gateway = gateway;
  }

  /// Begins to trace, if a collector is configured or the environment names one.
  ///
  /// @param gateway the one that serves now
  public static Optional<Tracing> open(
      TracingConfig config, Map<String, String> environment, Supplier<Gateway> gateway) {
    return Collector.find(config, environment).map(collector -> new Tracing(collector, gateway));
  }

  private static Resource resource(Collector collector) {
    String version = Tracing.class.getPackage().getImplementationVersion();
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"),
                    collector.serviceName(),
                    AttributeKey.stringKey("service.version"),
                    Objects.requireNonNullElse(version, "development"))));
  }

  /// Begins the trace of a call, or continues its caller's. Upstreams learn of it by the attribute
  /// [CallTrace#TRACE_PARENT] of the request.
  ///
  /// @param startedAt when the call began, of [System#nanoTime()]
  public CallTrace begin(HttpServletRequest request, long startedAt) {
    long epochStart =
        TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - (System.nanoTime() - startedAt);
    Context caller =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), request, RequestGetter.INSTANCE);
    Span span =
        tracer
            .spanBuilder("call")
            .setParent(caller)
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(epochStart, TimeUnit.NANOSECONDS)
            .startSpan();
    request.setAttribute(CallTrace.TRACE_PARENT, traceParent(span.getSpanContext()));
    return new CallTrace(tracer, span, epochStart, this::providerName);
  }

  private static String traceParent(SpanContext context) {
    return "00-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }

  private String providerName(String backend) {
    return gateway.get().providerType(backend).map(GenAiProviders::name).orElse("");
  }

  /// Sends what is still waiting, for a moment.
  @Override
  public void close() {
    provider.shutdown().join(LAST_SENDING_SECONDS, TimeUnit.SECONDS);
  }
}
