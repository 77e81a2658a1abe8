package io.agenticprimitives.gateway.distribution;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Calls at a steady rate, however long each takes, until it is closed; then it waits for the last.
final class SoakLoad implements AutoCloseable {
  static final int CALLS_PER_SECOND = Integer.getInteger("soak.rate", 20);

  private final SoakCallers callers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  SoakLoad(SoakCallers callers, AtomicLong numbers) {
    this.callers = callers;
    long period = TimeUnit.SECONDS.toNanos(1) / CALLS_PER_SECOND;
    var _ =
        clock.scheduleWithFixedDelay(
            () -> threads.execute(() -> callers.call(numbers.incrementAndGet())),
            0,
            period,
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    clock.close();
    threads.close();
    callers.close();
  }
}
