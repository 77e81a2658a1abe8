package io.agenticprimitives.gateway.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What came of asking one backend.
///
/// @param backend its name
/// @param outcome how it ended
/// @param firstEvent how long its first event took; empty if there was none
/// @param total how long it took in all
/// @param detail the message of the failure; empty if there was none
public record Attempt(
    String backend, Outcome outcome, Optional<Duration> firstEvent, Duration total, String detail) {

  public Attempt {
    Objects.requireNonNull(backend);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(firstEvent);
    Objects.requireNonNull(total);
    Objects.requireNonNull(detail);
  }

  /// How an attempt ended: always exactly one of these.
  public enum Outcome {
    /// The upstream said that its answer was complete.
    FINISHED,
    /// It failed, and the caller was told.
    FAILED,
    /// Its answer ended before it was complete, and the caller was told.
    CUT,
    /// The caller left, or gave it up.
    CANCELLED
  }
}
