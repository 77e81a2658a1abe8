package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.core.BackendCall;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/// What the headers of an answer say about how it came about.
final class AnswerHeaders {
  private AnswerHeaders() {}

  /// Tells the caller who served it and what was tried, what of its request was not passed on as it
  /// was given, and what the upstream says of its limits. An answer that has begun is left alone.
  static void add(HttpServletResponse response, BackendCall call) {
    if (!response.isCommitted()) {
      addAttempts(response, call);
      add(response, call.adjustments());
      call.answerHeaders()
          .forEach((name, value) -> response.setHeader(nameFor(name), HeaderValues.ascii(value)));
    }
  }

  private static void addAttempts(HttpServletResponse response, BackendCall call) {
    // A comment that keeps a silent stream alive may begin the answer before it is known who
    // serves.
    if (!call.mayMove()) {
      response.setHeader(HeaderNames.GATEWAY_PROVIDER, HeaderValues.ascii(call.backend()));
    }
    String attempts = AttemptText.of(call.attempts());
    if (!attempts.isEmpty()) {
      response.setHeader(HeaderNames.GATEWAY_ATTEMPTS, attempts);
    }
  }

  /// Tells the caller what was adjusted, in an answer that has not begun.
  static void add(HttpServletResponse response, List<Adjustment> adjustments) {
    if (!adjustments.isEmpty()) {
      response.setHeader(HeaderNames.GATEWAY_ADJUSTMENTS, HeaderValues.adjustments(adjustments));
    }
  }

  /// The id of the request that callers see under the usual name is the gateway's.
  private static String nameFor(String upstreamName) {
    return upstreamName.contains("ratelimit") ? upstreamName : HeaderNames.UPSTREAM_REQUEST_ID;
  }
}
