package io.agenticprimitives.gateway.core.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The clock of the calls in the form that the circuit breaker takes.
final class BreakerClock extends Clock {
  private final CallClock clock;
  private final long origin;

  BreakerClock(CallClock clock) {
    this.clock = clock;
    this.origin = clock.now();
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(clock.now() - origin);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
