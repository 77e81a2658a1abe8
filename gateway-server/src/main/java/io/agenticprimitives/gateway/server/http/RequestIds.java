package io.agenticprimitives.gateway.server.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// The ids that every answer carries. A caller's own are kept if they are harmless wherever they
/// may be copied to: headers, logs, the upstream.
///
/// @param request `X-Request-Id`: the caller's, else 32 hexadecimal digits
/// @param correlation `X-Correlation-Id`: the caller's, else the id of the request
record RequestIds(String request, String correlation) {
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /// The ids of a request with these headers.
  static RequestIds of(HttpFields headers) {
    String request = sane(headers.get(HeaderNames.REQUEST_ID)).orElseGet(RequestIds::random);
    return new RequestIds(request, sane(headers.get(HeaderNames.CORRELATION_ID)).orElse(request));
  }

  /// Puts both on an answer.
  void addTo(HttpFields.Mutable headers) {
    headers.put(HeaderNames.REQUEST_ID, request);
    headers.put(HeaderNames.CORRELATION_ID, correlation);
  }

  private static Optional<String> sane(@Nullable String given) {
    return Optional.ofNullable(given).filter(id -> SANE.matcher(id).matches());
  }

  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
