package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An attempt under way. The first end that it is given is the one that counts, unless it finishes
/// at the very moment at which it is given up. Thread-safe.
final class LiveAttempt {
  private final String backend;
  private final CallContext context;
  private final CallClock clock;
  private final long started;
  private boolean admitted;
  private boolean longAnswer;
  private @Nullable BackendException overdue;
  private @Nullable Runnable whenOut;
  private boolean out;
  private @Nullable Duration firstEvent;
  private @Nullable Attempt ended;

  LiveAttempt(String backend, CallContext context, CallClock clock) {
    this.backend = backend;
    this.context = context;
    this.clock = clock;
    this.started = clock.now();
  }

  String backend() {
    return backend;
  }

  /// What the plugin is told of it.
  CallContext context() {
    return context;
  }

  /// It has been let through to the backend.
  synchronized void admit() {
    admitted = true;
  }

  /// Whether the backend itself was asked.
  synchronized boolean wasAdmitted() {
    return admitted;
  }

  /// Its answer was under way when the time for the whole call was up, which may be due to its
  /// length or to a caller who reads slowly.
  synchronized void noteLong() {
    longAnswer = true;
  }

  synchronized boolean wasLong() {
    return longAnswer;
  }

  /// A deadline has ended it.
  synchronized void noteOverdue(BackendException timeout) {
    overdue = timeout;
  }

  /// Which deadline has ended it, if one has.
  synchronized Optional<BackendException> overdue() {
    return Optional.ofNullable(overdue);
  }

  /// No thread is inside the plugin any more.
  void comeOut() {
    Runnable action;
    synchronized (this) {
      out = true;
      action = whenOut;
    }
    if (action != null) {
      action.run();
    }
  }

  /// Says what to do once no thread is inside the plugin any more, which may be now.
  void whenOut(Runnable action) {
    boolean now;
    synchronized (this) {
      whenOut = action;
      now = out;
    }
    if (now) {
      action.run();
    }
  }

  synchronized void noteEvent() {
    if (firstEvent == null) {
      firstEvent = elapsed();
    }
  }

  void finish() {
    end(Outcome.FINISHED, Optional.empty(), "");
  }

  void cancel() {
    end(Outcome.CANCELLED, Optional.of(ErrorKind.CANCELLED), Cancelled.MESSAGE);
  }

  synchronized void fail(BackendException failure) {
    Outcome outcome =
        switch (failure.kind()) {
          case CANCELLED -> Outcome.CANCELLED;
          case CUT -> Outcome.CUT;
          default -> admitted ? Outcome.FAILED : Outcome.SHED;
        };
    end(outcome, Optional.of(failure.kind()), failure.message());
  }

  private synchronized void end(Outcome outcome, Optional<ErrorKind> failure, String detail) {
    Attempt known = ended;
    boolean finishedAfterAll =
        outcome == Outcome.FINISHED && known != null && known.outcome() == Outcome.CANCELLED;
    if (known == null || finishedAfterAll) {
      ended = as(outcome, failure, detail);
    }
  }

  private Attempt as(Outcome outcome, Optional<ErrorKind> failure, String detail) {
    return new Attempt(
        backend, outcome, failure, Optional.ofNullable(firstEvent), elapsed(), detail, started);
  }

  /// What can be told of it now.
  synchronized Attempt told() {
    Attempt end = ended;
    return end == null ? as(Outcome.RUNNING, Optional.empty(), "") : end;
  }

  private Duration elapsed() {
    return Duration.ofNanos(clock.now() - started);
  }
}
