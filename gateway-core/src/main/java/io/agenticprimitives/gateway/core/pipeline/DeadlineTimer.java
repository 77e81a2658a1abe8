package io.agenticprimitives.gateway.core.pipeline;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The one thread that notices when calls are overdue. What it runs must be short: it looks at the
/// clock and, at most, starts a thread.
public final class DeadlineTimer implements CallClock, AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;

  /// A timer with a daemon thread of its own.
  public DeadlineTimer() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("gateway-deadlines").factory());
    // Most calls end long before their deadlines: their entries must not pile up until then.
    executor.setRemoveOnCancelPolicy(true);
  }

  /// The time of [System#nanoTime()].
  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable check, long nanoseconds) {
    return executor.schedule(check, nanoseconds, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
