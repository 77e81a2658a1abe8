package interop.fakes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// What is known of the calls whose text has a `[tag:...]`, and the crowds that wait for each
/// other.
final class Calls {
  private final Map<String, Call> calls = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> crowds = new ConcurrentHashMap<>();

  Call of(String tag) {
    return calls.computeIfAbsent(tag, unknown -> new Call());
  }

  /// @param name shared by all members
  /// @param size how many members must have come before any may go on
  CountDownLatch crowd(String name, int size) {
    return crowds.computeIfAbsent(name, unknown -> new CountDownLatch(size));
  }
}
