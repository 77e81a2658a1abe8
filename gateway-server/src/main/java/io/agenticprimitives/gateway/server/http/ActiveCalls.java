package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// All calls under way: how many there may be, and how they end when the server stops. Thread-safe.
final class ActiveCalls {
  private final int limit;
  private final Semaphore places;
  private final Set<ActiveCall> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;
  private volatile boolean ending;

  /// @param limit how many there may be at once
  ActiveCalls(int limit) {
    this.limit = limit;
    this.places = new Semaphore(limit);
  }

  /// Lets a call in, before anything is read for it. [#leave()] must follow.
  ///
  /// @throws RequestRefusedException if there are too many, or the server stops
  void enter() {
    if (stopping) {
      throw new RequestRefusedException(Failure.shutdown());
    }
    if (!places.tryAcquire()) {
      throw new RequestRefusedException(
          Failure.of(
                  503,
                  "overloaded",
                  "The gateway is at its limit of "
                      + limit
                      + " calls at once. Try again in a moment.")
              .withRetryAfter(Duration.ofSeconds(1)));
    }
  }

  void leave() {
    places.release();
  }

  /// How many calls are under way.
  int count() {
    return limit - places.availablePermits();
  }

  /// Makes a call known that can be ended from now on. One that comes when all others have been
  /// ended, because its body was slow, ends like them.
  ActiveCall begin(Runnable cancel) {
    ActiveCall call = new ActiveCall(cancel);
    calls.add(call);
    if (ending) {
      end(call);
    }
    return call;
  }

  /// The call is over, or as good as over.
  Optional<ActiveCall.Ending> release(ActiveCall call) {
    calls.remove(call);
    return call.release();
  }

  boolean isStopping() {
    return stopping;
  }

  /// Lets no more calls in.
  void stopEntering() {
    stopping = true;
  }

  /// Waits until no call is under way.
  ///
  /// @return false if there still are some when the time is up
  boolean awaitNone(Duration time) throws InterruptedException {
    boolean none = places.tryAcquire(limit, time.toNanos(), TimeUnit.NANOSECONDS);
    if (none) {
      places.release(limit);
    }
    return none;
  }

  /// Ends all calls; each tells its caller why.
  void endAll() {
    ending = true;
    calls.forEach(ActiveCalls::end);
  }

  private static void end(ActiveCall call) {
    Thread.ofVirtual().name("shutdown").start(() -> call.end(ActiveCall.Ending.SHUTDOWN));
  }
}
