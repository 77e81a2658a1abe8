package io.agenticprimitives.gateway.provider.openai;

import java.time.Duration;

/// Does something when a time is over before it is closed. The HTTP library's own limits have a
/// thread that outlives the calls by a minute.
final class TimeLimit implements AutoCloseable {
  private final Thread timer;
  private volatile boolean over;

  /// @param atTheEnd what is done, by another thread
  TimeLimit(Duration time, Runnable atTheEnd) {
    timer =
        Thread.ofVirtual()
            .name("time-limit")
            .start(
                () -> {
                  try {
                    Thread.sleep(time);
                    over = true;
                    atTheEnd.run();
                  } catch (InterruptedException inTime) {
                    // It is not needed any more.
                  }
                });
  }

  boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    timer.interrupt();
  }
}
