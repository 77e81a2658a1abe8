package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import java.time.Duration;

/// How often a backend is asked for one call, and how long is waited in between.
///
/// @param maxAttempts 1 to 10; 1 means that nothing is retried
/// @param baseDelay the longest wait before the second attempt; it doubles with each further one.
///   Longer than zero and not longer than `maxDelay`
/// @param maxDelay the longest wait before any attempt; an upstream that wants to be left alone for
///   longer is not asked again
public record RetryConfig(
    @Doc("How often the backend is asked for one call at most; 1: once.") @Default("2")
        int maxAttempts,
    @Doc("The longest wait before the second attempt; it doubles with each further one.")
        @Default("500ms")
        Duration baseDelay,
    @Doc("The longest wait before an attempt, Retry-After of the upstream included.")
        @Default("10s")
        Duration maxDelay) {

  private static final int MOST_ATTEMPTS = 10;

  /// What holds where nothing is configured.
  public static final RetryConfig DEFAULT =
      new RetryConfig(2, Duration.ofMillis(500), Duration.ofSeconds(10));

  /// @throws IllegalArgumentException if a value is out of its range
  public RetryConfig {
    if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "max_attempts must be from 1 (no retry) to " + MOST_ATTEMPTS);
    }
    if (!baseDelay.isPositive()) {
      throw new IllegalArgumentException("base_delay must be longer than 0");
    }
    if (maxDelay.compareTo(baseDelay) < 0) {
      throw new IllegalArgumentException("max_delay must not be shorter than base_delay");
    }
  }
}
