package io.agenticprimitives.gateway.server.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Whether more calls should be sent here, beside what the backends say. Thread-safe.
final class ServingState {
  private final BooleanSupplier stopping;
  private final Supplier<Optional<String>> configFault;
  private final AtomicBoolean draining = new AtomicBoolean();

  /// @param configFault why the configuration that was read last does not serve
  ServingState(BooleanSupplier stopping, Supplier<Optional<String>> configFault) {
    this.stopping = stopping;
    this.configFault = configFault;
  }

  /// Asks load balancers to send calls elsewhere; those that come are served all the same. There is
  /// no way back but a restart.
  void drain() {
    draining.set(true);
  }

  /// `stopping` or `draining`, if no more calls should be sent.
  Optional<String> ending() {
    if (stopping.getAsBoolean()) {
      return Optional.of("stopping");
    }
    return draining.get() ? Optional.of("draining") : Optional.empty();
  }

  Optional<String> configFault() {
    return configFault.get();
  }
}
