package io.agenticprimitives.gateway.testkit;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The connections of one server: how many there were, and which are open.
final class Connections {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Connection> open = new HashSet<>();
  private int accepted;
  private boolean closed;

  /// Makes and registers the next connection, or returns null if the server was closed meanwhile.
  @Nullable Connection add(IntFunction<Connection> byNumber) {
    Connection connection;
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      connection = byNumber.apply(++accepted);
      open.add(connection);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    var _ = connection.ending().thenRun(() -> remove(connection));
    return connection;
  }

  int accepted() {
    lock.lock();
    try {
      return accepted;
    } finally {
      lock.unlock();
    }
  }

  int open() {
    lock.lock();
    try {
      return countOpen();
    } finally {
      lock.unlock();
    }
  }

  /// Whether exactly so many connections were open at some moment before the time was up.
  boolean awaitOpen(int expected, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (countOpen() != expected && left > 0) {
        left = changed.awaitNanos(left);
      }
      return countOpen() == expected;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    Set<Connection> remaining;
    lock.lock();
    try {
      closed = true;
      remaining = Set.copyOf(open);
    } finally {
      lock.unlock();
    }
    remaining.forEach(connection -> connection.abort("the server was closed"));
  }

  /// Asks the connections themselves: one that has ended may still be on its way out of the set.
  private int countOpen() {
    return (int) open.stream().filter(connection -> !connection.ending().isDone()).count();
  }

  private void remove(Connection connection) {
    lock.lock();
    try {
      open.remove(connection);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
