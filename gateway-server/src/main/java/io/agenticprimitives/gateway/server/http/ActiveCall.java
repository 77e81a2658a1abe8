package io.agenticprimitives.gateway.server.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call under way that others may end: the watcher because its caller has left, the server
/// because it stops. Thread-safe.
///
/// After [#release()] nobody touches the call or its thread any more: whoever was ending it has
/// finished. The connection may serve the next request by then.
final class ActiveCall {
  /// Gone once the call is released: a connection that waits for its next request still knows this
  /// object, and must not keep a whole call in memory.
  private @Nullable Runnable cancel;

  private @Nullable Ending ending;

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
    Runnable action = cancel;
    if (action != null && ending == null) {
      ending = reason;
      action.run();
    }
  }

  /// Takes the call out of everybody's hands and tells who ended it, if anybody did.
  synchronized Optional<Ending> release() {
    cancel = null;
    return Optional.ofNullable(ending);
  }

  synchronized boolean isOver() {
    return cancel == null || ending != null;
  }
}
