package io.agenticprimitives.gateway.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The leases of one call on all backends that may serve it. Thread-safe.
final class CallLeases implements AutoCloseable {
  /// Of a call whose backends are never given up.
  static final CallLeases NONE = new CallLeases(List.of());

  private final List<LlmService> services;
  private final AtomicBoolean released = new AtomicBoolean();

  private CallLeases(List<LlmService> services) {
    this.services = services;
  }

  /// Takes all of them or none.
  ///
  /// @return empty if a backend has been given up
  static Optional<CallLeases> take(List<LlmService> services) {
    List<LlmService> taken = new ArrayList<>(services.size());
    for (LlmService service : services) {
      if (!service.leases().tryAcquire()) {
        new CallLeases(taken).close();
        return Optional.empty();
      }
      taken.add(service);
    }
    return Optional.of(new CallLeases(taken));
  }

  /// Gives them back; once more is no harm.
  @Override
  public void close() {
    if (released.compareAndSet(false, true)) {
      services.forEach(service -> service.leases().release());
    }
  }
}
