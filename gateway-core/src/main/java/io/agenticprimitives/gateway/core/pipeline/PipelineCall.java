package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One call on its way through the pipeline: when it began, how often it may still be retried, and
/// what has been tried. It owns the only clock and the only budget that all steps share. One thread
/// drives it; what has been tried may be asked for by any.
public final class PipelineCall {
  private final CallClock clock;
  private final Contexts contexts;
  private final long started;
  private final List<LiveAttempt> attempts = new CopyOnWriteArrayList<>();
  private int retriesLeft;
  private int targetsLeft;
  private volatile Consumer<Optional<BackendException>> whenAbandoned = _ -> {};

  /// A call that begins now.
  ///
  /// @param clock of all steps
  /// @param retries how many attempts may be made beyond the first of each target
  /// @param contexts what plugins are told of the call
  public PipelineCall(CallClock clock, int retries, Contexts contexts) {
    this.clock = clock;
    this.contexts = contexts;
    this.retriesLeft = retries;
    this.started = clock.now();
  }

  /// Makes what a plugin is told of a call, anew for each attempt.
  @FunctionalInterface
  public interface Contexts {
    /// What is told for one attempt.
    ///
    /// @param backend the name of the backend that is asked
    /// @param remaining the time that is left, never negative
    CallContext create(String backend, Supplier<Duration> remaining);
  }

  /// What has been tried so far; the last one may be under way.
  public List<Attempt> attempts() {
    return attempts.stream().map(LiveAttempt::told).toList();
  }

  /// The backend that is being asked, or was asked last; empty if none has been.
  public Optional<String> lastBackend() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast().backend());
  }

  /// The time since the call began.
  Duration elapsed() {
    return Duration.ofNanos(clock.now() - started);
  }

  /// What is left of a time that began with the call, never negative.
  Duration remaining(Duration total) {
    Duration left = total.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /// Begins to ask a backend.
  ///
  /// @param total how long a call to it may take in all
  LiveAttempt begin(String backend, Duration total) {
    LiveAttempt attempt =
        new LiveAttempt(backend, contexts.create(backend, () -> remaining(total)), clock);
    attempts.add(attempt);
    return attempt;
  }

  /// The attempt that was begun last.
  LiveAttempt attempt() {
    return Objects.requireNonNull(attempts.getLast());
  }

  /// Says what to do if a plugin keeps the thread that pulls this call although its attempt is
  /// over.
  ///
  /// @param action gets the deadline that has ended the attempt, if one has; any thread may run it
  public void whenAbandoned(Consumer<Optional<BackendException>> action) {
    whenAbandoned = action;
  }

  /// Goes into plugins for an attempt of this call.
  Visitor visitor(LiveAttempt attempt) {
    return new Visitor() {
      @Override
      public void out() {
        attempt.comeOut();
      }

      @Override
      public void abandoned() {
        attempt.overdue().ifPresent(attempt::fail);
        whenAbandoned.accept(attempt.overdue());
      }
    };
  }

  /// Takes one retry from the budget.
  ///
  /// @return false if there is none left
  boolean takeRetry() {
    if (retriesLeft == 0) {
      return false;
    }
    retriesLeft--;
    return true;
  }

  /// Says how many targets could be fallen back to.
  void targetsLeft(int count) {
    targetsLeft = count;
  }

  boolean hasTargetsLeft() {
    return targetsLeft > 0;
  }
}
