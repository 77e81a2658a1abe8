package io.agenticprimitives.gateway.distribution;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What became of the calls of a soak. Thread-safe.
final class SoakOutcomes {
  private static final int KEPT = 50;

  /// How a call may end.
  enum Outcome {
    /// With a whole answer.
    FINISHED,
    /// With a failure that the caller was told.
    FAILED,
    /// The caller left.
    LEFT,
    /// The request was wrong, and refused.
    REFUSED,
    /// As it must not: a lie, a break, silence, or a failure without a cause.
    WRONG
  }

  private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();

  void begun() {
    underWay.incrementAndGet();
  }

  void ended(Outcome outcome) {
    counts.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
    underWay.decrementAndGet();
  }

  void wrong(String call, Throwable reason) {
    String told = call + ": " + reason;
    System.out.println(told);
    if (wrongs.size() < KEPT) {
      wrongs.add(told);
    }
    ended(Outcome.WRONG);
  }

  int underWay() {
    return underWay.get();
  }

  long count(Outcome outcome) {
    LongAdder count = counts.get(outcome);
    return count == null ? 0 : count.sum();
  }

  /// All that have ended.
  long all() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /// The first of those that ended as they must not.
  List<String> wrongs() {
    return List.copyOf(wrongs);
  }
}
