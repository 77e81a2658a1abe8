package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.ErrorKind;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What came of asking one backend once.
///
/// @param backend its name
/// @param outcome how it ended
/// @param failure what sort of failure ended it; empty if none did
/// @param firstEvent how long its first event took; empty if there was none
/// @param total how long it took in all, or has taken so far
/// @param detail the message of the failure; empty if there was none
/// @param startedAt when it began, of [System#nanoTime()]
public record Attempt(
    String backend,
    Outcome outcome,
    Optional<ErrorKind> failure,
    Optional<Duration> firstEvent,
    Duration total,
    String detail,
    long startedAt) {

  public Attempt {
    Objects.requireNonNull(backend);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(failure);
    Objects.requireNonNull(firstEvent);
    Objects.requireNonNull(total);
    Objects.requireNonNull(detail);
  }

  /// How an attempt ended: in the end always exactly one of these, and not [#RUNNING].
  public enum Outcome {
    /// It has not ended.
    RUNNING,
    /// The upstream said that its answer was complete.
    FINISHED,
    /// It failed.
    FAILED,
    /// Its answer ended before it was complete.
    CUT,
    /// The gateway did not let it through to the backend: too many calls, or the backend is left
    /// alone because it keeps failing.
    SHED,
    /// The caller left, or gave it up.
    CANCELLED
  }
}
