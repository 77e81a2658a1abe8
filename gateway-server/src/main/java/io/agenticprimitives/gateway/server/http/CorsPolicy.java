package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.CorsConfig;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Which web pages may call the gateway from a browser. `*` lets all of them, without credentials;
/// a list of origins lets those, with credentials; an empty list none.
final class CorsPolicy {
  private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
  private static final String MAX_AGE_SECONDS = "600";
  private static final String EXPOSED =
      String.join(
          ", ",
          List.of(
              HeaderNames.REQUEST_ID,
              HeaderNames.CORRELATION_ID,
              HeaderNames.GATEWAY_PROVIDER,
              HeaderNames.GATEWAY_ATTEMPTS,
              HeaderNames.GATEWAY_ADJUSTMENTS,
              HttpHeader.RETRY_AFTER.asString()));

  private final boolean everyOrigin;
  private final Set<String> origins;

  CorsPolicy(CorsConfig config) {
    this.everyOrigin = config.origins().contains("*");
    this.origins = Set.copyOf(config.origins());
  }

  /// Whether a request is a browser's question if it may send another one.
  boolean isPreflight(Request request) {
    return !origins.isEmpty()
        && HttpMethod.OPTIONS.is(request.getMethod())
        && request.getHeaders().contains(HttpHeader.ORIGIN)
        && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /// Whether the page that a request comes from may read the answer. Requests that come from no
  /// page are none of this policy's business.
  boolean allows(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    return origin != null && (everyOrigin || origins.contains(origin));
  }

  /// The headers that every answer to such a page needs.
  void addTo(HttpFields.Mutable answer, Request request) {
    if (everyOrigin) {
      answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    } else {
      answer.add(HttpHeader.VARY, "Origin");
      String origin = request.getHeaders().get(HttpHeader.ORIGIN);
      if (origin == null || !origins.contains(origin)) {
        return;
      }
      answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    answer.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
  }

  /// The headers that answer a preflight request beside those.
  void addPreflightTo(HttpFields.Mutable answer, Request request) {
    answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    answer.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
    @Nullable String asked = request.getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS);
    if (asked != null) {
      answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, asked);
    }
  }
}
