package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.core.CompletionCall;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;

/// What the headers of an answer say about how it came about.
final class AnswerHeaders {
  private AnswerHeaders() {}

  /// Tells the caller what of its request was not passed on as it was given, and what the upstream
  /// says of its limits. An answer that has begun is left alone.
  static void add(HttpServletResponse response, CompletionCall completion) {
    if (!response.isCommitted()) {
      add(response, completion.adjustments(), completion.answerHeaders());
    }
  }

  /// The same for an answer that has not begun.
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
