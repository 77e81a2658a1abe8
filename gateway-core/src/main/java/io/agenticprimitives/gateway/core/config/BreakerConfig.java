package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import java.time.Duration;

/// When a backend that keeps failing is left alone for a moment.
///
/// @param enabled whether it ever is
/// @param failureRate how many of a hundred calls must fail; 1 to 100
/// @param minimumCalls how many calls must have ended before the rate counts; at least 1
/// @param window the time that is looked back at; whole seconds, at least one
/// @param openFor how long it is left alone; longer than zero
/// @param probes how many calls then try it out before the rest follows; at least 1
public record BreakerConfig(
    @Doc("Whether the backend is left alone when it keeps failing.") @Default("true")
        boolean enabled,
    @Doc("How many of a hundred calls must fail.") @Default("80") int failureRate,
    @Doc("How many calls must have ended before the rate counts.") @Default("20") int minimumCalls,
    @Doc("The time that is looked back at.") @Default("30s") Duration window,
    @Doc("How long the backend is left alone.") @Default("10s") Duration openFor,
    @Doc("How many calls then try it out before the rest follows.") @Default("3") int probes) {

  private static final int HUNDRED = 100;
  private static final int MOST_CALLS = 100_000;

  /// What holds where nothing is configured.
  public static final BreakerConfig DEFAULT =
      new BreakerConfig(true, 80, 20, Duration.ofSeconds(30), Duration.ofSeconds(10), 3);

  /// @throws IllegalArgumentException if a value is out of its range
  public BreakerConfig {
    if (failureRate < 1 || failureRate > HUNDRED) {
      throw new IllegalArgumentException("failure_rate must be from 1 to 100, in percent");
    }
    if (minimumCalls < 1 || minimumCalls > MOST_CALLS) {
      throw new IllegalArgumentException("minimum_calls must be from 1 to " + MOST_CALLS);
    }
    if (!window.isPositive() || window.toMillis() % 1000 != 0 || window.toHours() > 1) {
      throw new IllegalArgumentException("window must be whole seconds, from 1s to 1h");
    }
    if (!openFor.isPositive()) {
      throw new IllegalArgumentException(
          "open_for must be longer than 0; write enabled: false to switch it off");
    }
    if (probes < 1 || probes > MOST_CALLS) {
      throw new IllegalArgumentException("probes must be from 1 to " + MOST_CALLS);
    }
  }
}
