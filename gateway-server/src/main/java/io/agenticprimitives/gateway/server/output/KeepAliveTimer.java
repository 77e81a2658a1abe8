package io.agenticprimitives.gateway.server.output;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one thread that notices which streams have been silent for too long. What is done about it
/// runs on a virtual thread, because writing to a caller may block.
public final class KeepAliveTimer implements AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;

  /// A timer with a daemon thread of its own.
  public KeepAliveTimer() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("gateway-keep-alive").factory());
    // Most streams end before they are due: their entries must not pile up until then.
    executor.setRemoveOnCancelPolicy(true);
  }

  /// Runs an action whenever the interval has passed and the beat was not postponed.
  Beat start(Duration interval, Runnable action) {
    Beat beat = new Beat(interval.toNanos(), action);
    beat.scheduleIn(interval.toNanos());
    return beat;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /// The beat of one stream. Postponing costs one write: the timer looks at it when it was due.
  final class Beat {
    private final long interval;
    private final Runnable action;
    private volatile long quietSince = System.nanoTime();
    private volatile boolean stopped;
    private volatile @Nullable Future<?> next;

    private Beat(long interval, Runnable action) {
      this.interval = interval;
      this.action = action;
    }

    void postpone() {
      quietSince = System.nanoTime();
    }

    void stop() {
      stopped = true;
      Future<?> scheduled = next;
      if (scheduled != null) {
        scheduled.cancel(false);
      }
    }

    private void look() {
      if (stopped) {
        return;
      }
      long left = quietSince + interval - System.nanoTime();
      if (left <= 0) {
        postpone();
        Thread.ofVirtual().name("keep-alive").start(action);
        left = interval;
      }
      scheduleIn(left);
    }

    private void scheduleIn(long nanoseconds) {
      if (stopped) {
        return;
      }
      try {
        next = executor.schedule(this::look, nanoseconds, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException closing) {
        // The server stops and its streams with it.
      }
    }
  }
}
