package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.server.output.Failure;
import java.util.Optional;

/// Why a call failed, when the gateway itself may have ended it.
final class Endings {
  private Endings() {}

  /// What to make of a failure.
  ///
  /// @param ending who ended the call, if anybody did
  static RuntimeException explain(Optional<ActiveCall.Ending> ending, BackendException failure) {
    return switch (ending.orElse(null)) {
      case CALLER_LEFT -> new CallerLeftException();
      case SHUTDOWN -> new RequestRefusedException(Failure.shutdown());
      case null -> failure;
    };
  }
}
