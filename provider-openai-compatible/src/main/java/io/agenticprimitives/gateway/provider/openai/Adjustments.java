package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.CallContext;

/// Where is reported what of a request is not passed on as the caller gave it; see
/// [CallContext#adjusted].
@FunctionalInterface
interface Adjustments {
  void report(String path, CallContext.Action action, String reason);

  default void dropped(String path, String reason) {
    report(path, CallContext.Action.DROPPED, reason);
  }
}
