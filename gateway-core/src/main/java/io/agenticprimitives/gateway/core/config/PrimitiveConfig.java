package io.agenticprimitives.gateway.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The backends of one primitive.
///
/// @param defaultBackend the name of the backend that serves callers who name none; one of
///   `backends`
/// @param backends at least one, by name, in the order of the file
public record PrimitiveConfig(String defaultBackend, Map<String, BackendConfig> backends) {

  public PrimitiveConfig {
    backends = Collections.unmodifiableMap(new LinkedHashMap<>(backends));
    if (!backends.containsKey(defaultBackend)) {
      throw new IllegalArgumentException("No backend is named " + defaultBackend);
    }
  }
}
