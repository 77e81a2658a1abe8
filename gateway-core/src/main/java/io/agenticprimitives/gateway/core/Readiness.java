package io.agenticprimitives.gateway.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whether the gateway can do its work.
///
/// @param checks by `primitive/backend`: `ok`, `reachable`, `down` or `timeout`
/// @param reasons by `primitive/backend`, for those that are not `ok` and say why
/// @param ready false if a backend is `down`
public record Readiness(Map<String, String> checks, Map<String, String> reasons, boolean ready) {
  public Readiness {
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }
}
