package io.agenticprimitives.gateway.core.pipeline;

import org.jspecify.annotations.Nullable;

/// What a stream that can be closed by any thread is busy with: at most one thing at a time, which
/// closing the stream ends. Thread-safe.
final class Closing {
  private @Nullable Runnable end;
  private boolean closed;

  /// Says what the stream is busy with from now on.
  ///
  /// @param ending ends it; must not block, and may be called more than once
  /// @throws io.agenticprimitives.gateway.api.BackendException if the stream has been closed; what
  ///   it wanted to be busy with has then been ended
  void busyWith(Runnable ending) {
    synchronized (this) {
      if (!closed) {
        end = ending;
        return;
      }
    }
    ending.run();
    throw Cancelled.failure();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /// Ends what the stream is busy with, and whatever it will want to be busy with.
  void close() {
    Runnable ending;
    synchronized (this) {
      closed = true;
      ending = end;
    }
    if (ending != null) {
      ending.run();
    }
  }
}
