package io.agenticprimitives.gateway.core.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/// A wait that ends with its time, or before it.
final class Pause {
  private final CountDownLatch over = new CountDownLatch(1);

  /// Waits.
  ///
  /// @throws io.agenticprimitives.gateway.api.BackendException if the thread is interrupted
  void await(Duration time, CallClock clock) {
    Future<?> alarm = clock.schedule(over::countDown, time.toNanos());
    try {
      over.await();
    } catch (InterruptedException interrupted) {
      throw Cancelled.interrupted();
    } finally {
      alarm.cancel(false);
    }
  }

  /// Ends the wait, also one that has not begun.
  void end() {
    over.countDown();
  }
}
