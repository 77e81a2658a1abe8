package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/// The places of a backend for calls under way, and the queue in front of them. Strictly first
/// come, first served: a place that becomes free goes to whoever has waited longest. Thread-safe.
final class Slots {
  /// Places become free at any moment; nobody knows when.
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final String backend;
  private final ConcurrencyConfig config;
  private final CallClock clock;
  private final Set<Slot> queue = new LinkedHashSet<>();
  private int inUse;

  Slots(String backend, ConcurrencyConfig config, CallClock clock) {
    this.backend = backend;
    this.config = config;
    this.clock = clock;
  }

  private enum State {
    WAITING,
    GRANTED,
    TOO_LATE,
    LEFT
  }

  /// Takes a place, or one in the queue.
  ///
  /// @throws BackendException if both are full
  synchronized Slot enter() {
    int limit = config.maxConcurrent().orElse(Integer.MAX_VALUE);
    if (inUse < limit) {
      inUse++;
      return new Slot(State.GRANTED);
    }
    if (queue.size() >= config.maxQueued()) {
      throw shed(
          "is at its limit of %d calls at once, and %d more are waiting"
              .formatted(limit, queue.size()));
    }
    Slot slot = new Slot(State.WAITING);
    queue.add(slot);
    return slot;
  }

  synchronized int inUse() {
    return inUse;
  }

  synchronized int queued() {
    return queue.size();
  }

  private BackendException shed(String what) {
    return new BackendException(
            ErrorKind.OVERLOADED, "Backend '" + backend + "' " + what + ". Try again in a moment.")
        .withRetryAfter(RETRY_AFTER);
  }

  private void passOn() {
    if (queue.isEmpty()) {
      inUse--;
    } else {
      queue.iterator().next().become(State.GRANTED);
    }
  }

  /// What one call has, or waits for. Guarded by the lock of the slots.
  final class Slot {
    private final CountDownLatch decided = new CountDownLatch(1);
    private State state;

    private Slot(State state) {
      this.state = state;
    }

    /// Waits for the place, for as long as the configuration or the call itself allows.
    ///
    /// @throws BackendException if it did not come in time, or the call was given up
    void await(Duration remaining) {
      Duration limit = config.maxQueueWait();
      Duration wait = remaining.compareTo(limit) < 0 ? remaining : limit;
      if (state() == State.WAITING) {
        Future<?> alarm = clock.schedule(() -> become(State.TOO_LATE), wait.toNanos());
        try {
          decided.await();
        } catch (InterruptedException interrupted) {
          leave();
          throw Cancelled.interrupted();
        } finally {
          alarm.cancel(false);
        }
      }
      switch (state()) {
        case GRANTED -> {}
        case TOO_LATE ->
            throw shed("is at its limit, and no call ended within " + InWords.of(wait));
        case WAITING, LEFT -> throw Cancelled.failure();
      }
    }

    private State state() {
      synchronized (Slots.this) {
        return state;
      }
    }

    private void become(State next) {
      synchronized (Slots.this) {
        if (state == State.WAITING) {
          queue.remove(this);
          state = next;
          decided.countDown();
        }
      }
    }

    /// Ends the wait. A place that was granted is kept: whoever has it may be about to use it.
    void giveUpWaiting() {
      become(State.LEFT);
    }

    /// Gives the place back, or the one in the queue; a second time does nothing.
    void leave() {
      synchronized (Slots.this) {
        if (state == State.GRANTED) {
          passOn();
        }
        become(State.LEFT);
        state = State.LEFT;
      }
    }
  }
}
