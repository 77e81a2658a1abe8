package io.agenticprimitives.gateway.core.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// A clock that stands still until a test moves it.
public final class ManualClock implements CallClock {
  private final List<Alarm> alarms = new ArrayList<>();
  private long now;

  private record Alarm(FutureTask<?> task, long delay, long due) {}

  @Override
  public synchronized long now() {
    return now;
  }

  @Override
  public synchronized Future<?> schedule(Runnable check, long nanoseconds) {
    FutureTask<?> task = new FutureTask<>(check, null);
    alarms.add(new Alarm(task, nanoseconds, now + nanoseconds));
    notifyAll();
    return task;
  }

  /// Waits until somebody wants to be woken after exactly this time.
  public synchronized void awaitAlarm(Duration delay) throws InterruptedException {
    while (pending().stream().noneMatch(alarm -> alarm.delay() == delay.toNanos())) {
      wait();
    }
  }

  /// Whether anybody wants to be woken.
  public synchronized boolean hasAlarms() {
    return !pending().isEmpty();
  }

  private List<Alarm> pending() {
    alarms.removeIf(alarm -> alarm.task().isDone());
    return alarms;
  }

  /// Moves the time and wakes, in order, whoever wanted to be woken by then.
  public void advance(Duration time) {
    long target = now() + time.toNanos();
    for (var due = takeDue(target); due.isPresent(); due = takeDue(target)) {
      due.get().task().run();
    }
    synchronized (this) {
      now = target;
    }
  }

  private synchronized Optional<Alarm> takeDue(long target) {
    Optional<Alarm> first =
        pending().stream()
            .filter(alarm -> alarm.due() <= target)
            .min(Comparator.comparingLong(Alarm::due));
    first.ifPresent(
        alarm -> {
          alarms.remove(alarm);
          now = Math.max(now, alarm.due());
        });
    return first;
  }
}
