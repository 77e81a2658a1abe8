package io.agenticprimitives.gateway.core.config;

import java.util.Objects;

/// How calls to a backend are made, and how backend and callers are kept from harm.
///
/// @param timeouts how long they may take
/// @param retry when they are made again
/// @param concurrency how many run at once
/// @param circuitBreaker when none are made
/// @param passAuthorization whether the caller's own `Authorization` header goes upstream
public record CallPolicy(
    Timeouts timeouts,
    RetryConfig retry,
    ConcurrencyConfig concurrency,
    BreakerConfig circuitBreaker,
    boolean passAuthorization) {

  /// What holds where nothing is configured.
  public static final CallPolicy DEFAULT =
      new CallPolicy(
          Timeouts.DEFAULT, RetryConfig.DEFAULT, ConcurrencyConfig.DEFAULT, BreakerConfig.DEFAULT);

  /// A policy under which the caller's `Authorization` stays with the gateway.
  public CallPolicy(
      Timeouts timeouts,
      RetryConfig retry,
      ConcurrencyConfig concurrency,
      BreakerConfig circuitBreaker) {
    this(timeouts, retry, concurrency, circuitBreaker, false);
  }

  public CallPolicy {
    Objects.requireNonNull(timeouts);
    Objects.requireNonNull(retry);
    Objects.requireNonNull(concurrency);
    Objects.requireNonNull(circuitBreaker);
  }
}
