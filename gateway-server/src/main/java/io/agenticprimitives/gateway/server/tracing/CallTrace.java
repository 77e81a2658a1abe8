package io.agenticprimitives.gateway.server.tracing;

import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.server.metrics.EndedCall;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// The trace of one call. The spans of its attempts are made when it has ended, from what was
/// written down of them, so that nothing has to be done while it runs.
public final class CallTrace {
  /// The attribute of a request that has the `traceparent` for upstreams.
  public static final String TRACE_PARENT = CallTrace.class.getName() + ".traceparent";

  private final Tracer tracer;
  private final Span span;
  private final long epochStart;
  private final UnaryOperator<String> providers;

  /// @param epochStart when the call began, in nanoseconds since 1970
  /// @param providers the `gen_ai.provider.name` of a backend; empty if unknown
  CallTrace(Tracer tracer, Span span, long epochStart, UnaryOperator<String> providers) {
    this.tracer = tracer;
    this.span = span;
    this.epochStart = epochStart;
    this.providers = providers;
  }

  /// The id of the whole trace, 32 hexadecimal digits.
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  /// Ends the spans of a call.
  public void end(EndedCall call) {
    if (span.isRecording()) {
      span.updateName(name(call));
      SpanAttributes attributes = new SpanAttributes(span);
      attributes.describe(call, call.backend().isEmpty() ? "" : providers.apply(call.backend()));
      if (call.status() >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
      Context parent = Context.root().with(span);
      for (Attempt attempt : call.attempts()) {
        addAttempt(attempt, call, parent);
      }
    }
    span.end(epochStart + call.total().toNanos(), TimeUnit.NANOSECONDS);
  }

  private static String name(EndedCall call) {
    String operation = call.operation().genAiName();
    String model = SpanAttributes.shortened(call.model());
    return operation.isEmpty() ? call.route() : (operation + " " + model).strip();
  }

  private void addAttempt(Attempt attempt, EndedCall call, Context parent) {
    long start = epochStart + (attempt.startedAt() - call.startedAt());
    Span child =
        tracer
            .spanBuilder("attempt " + attempt.backend())
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(start, TimeUnit.NANOSECONDS)
            .startSpan();
    SpanAttributes attributes = new SpanAttributes(child);
    attributes.put("gen_ai.operation.name", call.operation().genAiName());
    attributes.put("gen_ai.provider.name", providers.apply(attempt.backend()));
    attributes.put("gateway.backend", attempt.backend());
    attributes.put("gateway.attempt.outcome", lower(attempt.outcome()));
    attempt.failure().ifPresent(kind -> attributes.put("error.type", lower(kind)));
    if (attempt.failure().isPresent() && attempt.outcome() != Attempt.Outcome.CANCELLED) {
      child.setStatus(StatusCode.ERROR);
    }
    child.end(start + attempt.total().toNanos(), TimeUnit.NANOSECONDS);
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
