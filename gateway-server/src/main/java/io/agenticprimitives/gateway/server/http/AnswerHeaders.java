package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.core.CompletionCall;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;

/// What the headers of an answer say about how it came about.
final class AnswerHeaders {
  private AnswerHeaders() {}

  /// Tells the caller who served it and what was tried, what of its request was not passed on as it
  /// was given, and what the upstream says of its limits. An answer that has begun is left alone.
  static void add(HttpServletResponse response, CompletionCall completion) {
    if (!response.isCommitted()) {
      addAttempts(response, completion);
      add(response, completion.adjustments(), completion.answerHeaders());
    }
  }

  private static void addAttempts(HttpServletResponse response, CompletionCall completion) {
    // A comment that keeps a silent stream alive may begin the answer before it is known who
    // serves.
    if (!completion.mayMove()) {
      response.setHeader(HeaderNames.GATEWAY_PROVIDER, HeaderValues.ascii(completion.backend()));
    }
    String attempts = AttemptText.of(completion.attempts());
    if (!attempts.isEmpty()) {
      response.setHeader(HeaderNames.GATEWAY_ATTEMPTS, attempts);
    }
  }

  /// The last two for an answer that has not begun.
  static void add(
      HttpServletResponse response,
      List<Adjustment> adjustments,
      Map<String, String> answerHeaders) {
    if (!adjustments.isEmpty()) {
      response.setHeader(HeaderNames.GATEWAY_ADJUSTMENTS, HeaderValues.adjustments(adjustments));
    }
    answerHeaders.forEach(
        (name, value) -> response.setHeader(nameFor(name), HeaderValues.ascii(value)));
  }

  /// The id of the request that callers see under the usual name is the gateway's.
  private static String nameFor(String upstreamName) {
    return upstreamName.contains("ratelimit") ? upstreamName : HeaderNames.UPSTREAM_REQUEST_ID;
  }
}
