package io.agenticprimitives.gateway.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The backends of one primitive.
///
/// @param defaultBackend the name of the backend that serves callers who name none; one of
///   `backends`
/// @param backends at least one, by name, in the order of the file
/// @param routes names that callers use as a model, in the order of the file; their targets are
///   among `backends`
public record PrimitiveConfig(
    String defaultBackend, Map<String, BackendConfig> backends, Map<String, RouteConfig> routes) {

  public PrimitiveConfig {
    backends = Collections.unmodifiableMap(new LinkedHashMap<>(backends));
    routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    if (!backends.containsKey(defaultBackend)) {
      throw new IllegalArgumentException("No backend is named " + defaultBackend);
    }
  }

  /// Backends without routes.
  public PrimitiveConfig(String defaultBackend, Map<String, BackendConfig> backends) {
    this(defaultBackend, backends, Map.of());
  }
}
