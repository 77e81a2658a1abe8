package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.CallContext;
import java.util.Objects;

/// Something of a request that was not passed on as the caller gave it.
///
/// @param path where it stands in the request
/// @param action what was done with it
/// @param reason why
public record Adjustment(String path, CallContext.Action action, String reason) {
  public Adjustment {
    Objects.requireNonNull(path);
    Objects.requireNonNull(action);
    Objects.requireNonNull(reason);
  }
}
