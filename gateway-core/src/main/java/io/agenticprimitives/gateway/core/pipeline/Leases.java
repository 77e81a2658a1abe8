package io.agenticprimitives.gateway.core.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts who uses something that is to be closed once, when its owner has given it up and nobody
/// uses it any more; never earlier. Thread-safe.
public final class Leases {
  private final Runnable close;

  /// The owner counts as one; nobody comes in after the count has been zero.
  private final AtomicInteger users = new AtomicInteger(1);

  private final AtomicBoolean retired = new AtomicBoolean();

  /// @param close runs once
  public Leases(Runnable close) {
    this.close = close;
  }

  /// Takes a lease; [#release()] must follow.
  ///
  /// @return false if it is too late
  public boolean tryAcquire() {
    int count = users.get();
    while (count > 0) {
      if (users.compareAndSet(count, count + 1)) {
        return true;
      }
      count = users.get();
    }
    return false;
  }

  /// Gives a lease back. Where it was the last one a thread of its own does the closing: a caller
  /// does not wait for the end of a backend that others have given up.
  public void release() {
    if (users.decrementAndGet() == 0) {
      Thread.ofVirtual().name("close-unused").start(close);
    }
  }

  /// The owner gives up. Without users it closes here and now. Once more is no harm.
  public void retire() {
    if (retired.compareAndSet(false, true) && users.decrementAndGet() == 0) {
      close.run();
    }
  }
}
