package io.agenticprimitives.gateway.server.tracing;

import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// Reads what a caller says of its trace from the headers of its request.
enum RequestGetter implements TextMapGetter<HttpServletRequest> {
  INSTANCE;

  @Override
  public @Nullable String get(@Nullable HttpServletRequest request, String name) {
    return request == null ? null : request.getHeader(name);
  }
}
