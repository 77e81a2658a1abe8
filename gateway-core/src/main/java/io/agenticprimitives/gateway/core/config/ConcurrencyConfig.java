package io.agenticprimitives.gateway.core.config;

import java.time.Duration;
import java.util.Optional;

/// How many calls a backend serves at once, and what happens to those beyond it.
///
/// @param maxConcurrent at least 1; empty if the backend has no limit of its own
/// @param maxQueued how many calls may wait for their turn; 0 if none may
/// @param maxQueueWait how long a call may wait for its turn; longer than zero
public record ConcurrencyConfig(
    Optional<Integer> maxConcurrent, int maxQueued, Duration maxQueueWait) {

  /// What holds where nothing is configured.
  public static final ConcurrencyConfig DEFAULT =
      new ConcurrencyConfig(Optional.empty(), 100, Duration.ofSeconds(10));

  /// @throws IllegalArgumentException if a value is out of its range
  public ConcurrencyConfig {
    if (maxConcurrent.isPresent() && maxConcurrent.get() < 1) {
      throw new IllegalArgumentException(
          "max_concurrent must be at least 1; leave it out for no limit");
    }
    if (maxQueued < 0) {
      throw new IllegalArgumentException("max_queued must be 0 (nobody waits) or more");
    }
    if (!maxQueueWait.isPositive()) {
      throw new IllegalArgumentException(
          "max_queue_wait must be longer than 0; write max_queued: 0 if nobody may wait");
    }
  }
}
