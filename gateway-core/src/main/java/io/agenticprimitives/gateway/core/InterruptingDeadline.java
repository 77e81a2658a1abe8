package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import java.time.Duration;
import java.util.function.Supplier;

/// Runs something that blocks and interrupts it when its time is up.
final class InterruptingDeadline {
  private final DeadlineTimer timer;
  private final Thread worker = Thread.currentThread();
  private boolean running = true;
  private boolean expired;

  /// For one call on the current thread.
  InterruptingDeadline(DeadlineTimer timer) {
    this.timer = timer;
  }

  <T> T call(Supplier<T> action, Duration limit, Supplier<BackendException> tooLate) {
    var check = timer.schedule(this::expire, limit.toNanos());
    try {
      return action.get();
    } catch (BackendException failure) {
      throw isExpired() ? tooLate.get() : failure;
    } finally {
      check.cancel(false);
      end();
    }
  }

  private synchronized void expire() {
    if (running) {
      expired = true;
      worker.interrupt();
    }
  }

  private synchronized boolean isExpired() {
    return expired;
  }

  /// An interrupt that came from here must not reach what the thread does next.
  private synchronized void end() {
    running = false;
    if (expired) {
      Thread.interrupted();
    }
  }
}
