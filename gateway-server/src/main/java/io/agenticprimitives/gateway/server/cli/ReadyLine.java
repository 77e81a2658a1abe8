package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.BackendState;
import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.PrimitiveOverview;
import java.util.Map;
import java.util.stream.Collectors;

/// The line that says that the gateway serves, where, and with what.
final class ReadyLine {
  private ReadyLine() {}

  static String of(String host, int port, Gateway gateway) {
    Map<String, PrimitiveOverview> overview = gateway.providers();
    String backends =
        gateway.backends().stream()
            .map(backend -> describe(backend, overview))
            .collect(Collectors.joining(", "));
    return "ready on %s with %s"
        .formatted(url(host, port), backends.isEmpty() ? "no backends" : backends);
  }

  static String url(String host, int port) {
    String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return "http://%s:%d".formatted(literal, port);
  }

  private static String describe(BackendState backend, Map<String, PrimitiveOverview> overview) {
    PrimitiveOverview primitive = overview.get(backend.primitive());
    boolean isDefault = primitive != null && primitive.defaultBackend().equals(backend.name());
    return backend.name()
        + (isDefault ? " (default)" : "")
        + (backend.available() ? "" : " (not available)");
  }
}
