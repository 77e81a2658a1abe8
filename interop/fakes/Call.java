package interop.fakes;

import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One call by its tag. A suite waits until it is under way, says that it is about to abort,
/// aborts, and asks when the connection was closed.
final class Call {
  private final AtomicInteger attempts = new AtomicInteger();
  private final CountDownLatch underWay = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long abortedAt;
  private volatile long closedAt;

  /// @return how many requests there were with this one
  int attempted() {
    return attempts.incrementAndGet();
  }

  int attempts() {
    return attempts.get();
  }

  void underWay() {
    underWay.countDown();
  }

  boolean awaitUnderWay(long seconds) throws InterruptedException {
    return underWay.await(seconds, TimeUnit.SECONDS);
  }

  void aborting(long nanos) {
    abortedAt = nanos;
  }

  void closed(long nanos) {
    closedAt = nanos;
    closed.countDown();
  }

  /// @return milliseconds from the abort until the connection was closed, if that came in time
  OptionalDouble awaitClosed(long seconds) throws InterruptedException {
    return closed.await(seconds, TimeUnit.SECONDS)
        ? OptionalDouble.of((closedAt - abortedAt) / 1e6)
        : OptionalDouble.empty();
  }
}
