package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import java.time.Duration;

/// How long the calls of a backend may take. All are longer than zero.
///
/// @param connect connecting to the upstream, TLS included
/// @param firstEvent from the call to the first event
/// @param idle between two events
/// @param total from the call to the end of the answer
public record Timeouts(
    @Doc("How long connecting may take.") @Default("5s") Duration connect,
    @Doc("How long the first part of an answer may take.") @Default("60s") Duration firstEvent,
    @Doc("How long the upstream may be silent within an answer.") @Default("60s") Duration idle,
    @Doc("How long a whole answer may take.") @Default("10m") Duration total) {

  /// What holds where nothing is configured.
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10));

  /// @throws IllegalArgumentException if one is not longer than zero
  public Timeouts {
    requirePositive("connect", connect);
    requirePositive("first_event", firstEvent);
    requirePositive("idle", idle);
    requirePositive("total", total);
  }

  private static void requirePositive(String key, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(
          key + " must be longer than 0; leave it out for the default");
    }
  }
}
