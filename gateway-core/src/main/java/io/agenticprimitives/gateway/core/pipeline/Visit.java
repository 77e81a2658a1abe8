package io.agenticprimitives.gateway.core.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The threads that are inside a plugin for one call, with the lease that keeps the backend open
/// for them until the last has come out.
///
/// When the call is over they are to come out. Those that do not are interrupted, and, if that is
/// no help either, left alone: the lease is given back and whoever waits for the call is told.
/// Thread-safe.
final class Visit {
  private final Visits visits;
  private final Visitor visitor;
  private final List<Thread> inside = new ArrayList<>(2);
  private final List<Thread> abandoned = new ArrayList<>(0);
  private boolean over;
  private boolean released;
  private boolean watched;
  private boolean interrupted;

  Visit(Visits visits, Visitor visitor) {
    this.visits = visits;
    this.visitor = visitor;
  }

  /// Lets this thread in; [#leave()] must follow.
  ///
  /// @return false if the call is over
  synchronized boolean enter() {
    if (!over) {
      inside.add(Thread.currentThread());
    }
    return !over;
  }

  /// This thread has come out.
  synchronized void leave() {
    remove(Thread.currentThread());
  }

  private synchronized void remove(Thread thread) {
    inside.remove(thread);
    if (interrupted) {
      // What was meant for the plugin must not reach what the thread does next.
      var _ = Thread.interrupted();
    }
    if (abandoned.remove(thread)) {
      visits.comeBack();
    }
    if (over && inside.isEmpty()) {
      if (!released) {
        released = true;
        visits.end();
      }
      if (abandoned.isEmpty()) {
        visitor.out();
      }
    }
    notifyAll();
  }

  /// Says that the call is over. The first who says it counts as being inside, and has to leave.
  ///
  /// @return whether this was the first time
  synchronized boolean end() {
    boolean first = !over;
    over = true;
    if (first) {
      inside.add(Thread.currentThread());
    }
    if (isAnybodyElseInside()) {
      watch();
    }
    return first;
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized boolean isAnybodyElseInside() {
    Thread self = Thread.currentThread();
    return inside.stream().anyMatch(thread -> !thread.equals(self));
  }

  /// Does something inside on a thread of its own.
  synchronized void send(String name, Runnable action) {
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(
                () -> {
                  try {
                    action.run();
                  } finally {
                    leave();
                  }
                });
    inside.add(thread);
    watch();
    thread.start();
  }

  /// Interrupts all others.
  synchronized void interruptOthers() {
    interrupted = true;
    Thread self = Thread.currentThread();
    inside.stream().filter(thread -> !thread.equals(self)).forEach(Thread::interrupt);
  }

  /// Sees to it that nobody stays inside for much longer.
  synchronized void watch() {
    if (!watched) {
      watch(visits.patience());
    }
  }

  /// Sees to it that nobody stays inside for much longer than a time.
  synchronized void watch(Duration time) {
    watched = true;
    Thread.ofVirtual()
        .name("watch-plugin")
        .start(
            () -> {
              try {
                if (!isEmptyWithin(time)) {
                  interruptOthers();
                  if (!isEmptyWithin(visits.patience())) {
                    abandon();
                  }
                }
              } catch (InterruptedException impossible) {
                throw new IllegalStateException("Nobody interrupts this thread", impossible);
              }
            });
  }

  private synchronized boolean isEmptyWithin(Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (!inside.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return inside.isEmpty();
  }

  private void abandon() {
    synchronized (this) {
      abandoned.addAll(inside);
      inside.clear();
      over = true;
      abandoned.forEach(visits::abandon);
      if (!abandoned.isEmpty() && !released) {
        released = true;
        visits.end();
      }
    }
    visitor.abandoned();
  }
}
