package io.agenticprimitives.gateway.server.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call under way that others may end: the watcher because its caller has left, the server
/// because it stops. Thread-safe.
///
/// After [#release()] nobody touches the call or its thread any more: whoever was ending it has
/// finished. The connection may serve the next request by then.
final class ActiveCall {
  private final Runnable cancel;
  private @Nullable Ending ending;
  private boolean released;

  /// @param cancel ends the call; it must not block
  ActiveCall(Runnable cancel) {
    this.cancel = cancel;
  }

  /// Why a call was ended.
  enum Ending {
    CALLER_LEFT,
    SHUTDOWN
  }

  /// Ends the call, unless it has ended.
  synchronized void end(Ending reason) {
    if (!released && ending == null) {
      ending = reason;
      cancel.run();
    }
  }

  /// Takes the call out of everybody's hands and tells who ended it, if anybody did.
  synchronized Optional<Ending> release() {
    released = true;
    return Optional.ofNullable(ending);
  }

  synchronized boolean isOver() {
    return released || ending != null;
  }
}
