package io.agenticprimitives.gateway.server.tracing;

import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.server.metrics.EndedCall;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.OptionalLong;

/// Puts attributes on a span under the names of OpenTelemetry's GenAI conventions. Nothing of what
/// was said is among them, and what is not known is left away.
final class SpanAttributes {
  private static final int MAX_LENGTH = 200;

  private final Span span;

  SpanAttributes(Span span) {
    this.span = span;
  }

  /// All that is known of a call.
  ///
  /// @param provider the `gen_ai.provider.name` of the backend; empty if unknown
  void describe(EndedCall call, String provider) {
    put("gen_ai.operation.name", call.operation().genAiName());
    put("gen_ai.provider.name", provider);
    put("gen_ai.request.model", shortened(call.askedModel()));
    put("gen_ai.response.model", shortened(call.answeredModel()));
    if (!call.stopReason().isEmpty()) {
      span.setAttribute(
          AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"),
          List.of(call.stopReason()));
    }
    Usage usage = call.usage();
    put("gen_ai.usage.input_tokens", usage.inputTokens());
    put("gen_ai.usage.output_tokens", usage.outputTokens());
    put("gen_ai.usage.cache_read.input_tokens", usage.cacheReadInputTokens());
    put("gen_ai.usage.cache_creation.input_tokens", usage.cacheWriteInputTokens());
    put("error.type", call.errorType());
    put("http.response.status_code", OptionalLong.of(call.status()));
    put("gateway.route", call.route());
    put("gateway.backend", call.backend());
  }

  void put(String name, String value) {
    if (!value.isEmpty()) {
      span.setAttribute(name, value);
    }
  }

  private void put(String name, OptionalLong value) {
    value.ifPresent(number -> span.setAttribute(name, number));
  }

  static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
  }
}
