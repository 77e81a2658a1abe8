package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.agenticprimitives.gateway.core.pipeline.BackendPipeline;
import io.agenticprimitives.gateway.core.pipeline.CallClock;
import io.agenticprimitives.gateway.core.pipeline.PipelineCall;
import io.agenticprimitives.gateway.core.pipeline.Question;
import io.agenticprimitives.gateway.core.pipeline.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call of backends under way. Nothing is sent upstream before the first [#next()].
///
/// One thread pulls; [#close()] may come from any thread at any time and ends the call at every
/// stage: in a queue, before another attempt, while the upstream is waited for. What [#next()]
/// throws is always a [BackendException], and a stream that does not throw ends in exactly one
/// [StreamEvent.Finished].
public final class BackendCall implements EventStream {
  private final List<Target> targets;
  private final Question question;
  private final CallOptions options;
  private final PipelineCall call;
  private final EventStream events;
  private final CallLeases leases;
  private volatile @Nullable LiveCall context;

  private final Object lock = new Object();
  private boolean served;
  private boolean inside;
  private boolean leftAlone;
  private boolean closed;
  private Outcome outcome = Outcome.RUNNING;

  /// @param targets at least one, in the order in which they are asked
  /// @param leases on all of them; they end with the call
  BackendCall(
      List<Target> targets,
      Question question,
      CallOptions options,
      CallClock clock,
      CallLeases leases) {
    this.leases = leases;
    this.targets = targets;
    this.question = question;
    this.options = options;
    int retries = targets.stream().mapToInt(Target::retries).max().orElse(0);
    this.call = new PipelineCall(clock, retries, this::context);
    this.events = BackendPipeline.across(targets).stream(question, call);
  }

  private LiveCall context(String backend, Supplier<Duration> remaining) {
    boolean passAuthorization =
        targets.stream()
            .anyMatch(target -> target.backend().equals(backend) && target.passAuthorization());
    releaseMemory();
    LiveCall created = new LiveCall(backend, options, passAuthorization, remaining);
    context = created;
    return created;
  }

  private void releaseMemory() {
    LiveCall last = context;
    if (last != null) {
      last.close();
    }
  }

  /// Something that pulls a call.
  ///
  /// @param <T> what comes of it
  /// @param <X> what it throws besides
  @FunctionalInterface
  public interface Pull<T, X extends Exception> {
    /// Pulls. What it does besides, it does only after [BackendCall#next()] has returned.
    ///
    /// @throws X if it fails
    T run() throws X;
  }

  /// Pulls this call on a thread of its own and waits for what comes of it; the thread also closes
  /// the call, afterwards. If the provider keeps the thread although the call is over, whoever
  /// waits here is not kept: the thread is left alone, and does nothing more if it comes back.
  ///
  /// @throws X what the action throws
  /// @throws BackendException why the call ended, if the provider keeps the thread
  public <T, X extends Exception> T pulling(Pull<T, X> action) throws X {
    PullThread<T, X> thread = new PullThread<>();
    call.whenAbandoned(
        overdue -> {
          if (leaveAlone()) {
            BackendException why = overdue.orElseGet(this::whyLeftAlone);
            end(outcomeOf(why.kind()));
            thread.abandon(why);
          }
        });
    return thread.run(action, this::close);
  }

  private BackendException whyLeftAlone() {
    return isClosed()
        ? givenUp()
        : new BackendException(
            ErrorKind.TIMEOUT, "The provider of backend '" + backend() + "' did not come back.");
  }

  /// @return false if the thread that pulls is not in the pipeline, and so goes on by itself
  private boolean leaveAlone() {
    synchronized (lock) {
      leftAlone = inside;
      return inside;
    }
  }

  @Override
  public StreamEvent next() {
    enter();
    StreamEvent event;
    try {
      event = events.next();
    } catch (BackendException failure) {
      leave();
      BackendException told = isClosed() ? givenUp() : failure;
      end(outcomeOf(told.kind()));
      throw told;
    } catch (RuntimeException | Error fault) {
      leave();
      throw fault;
    }
    leave();
    synchronized (lock) {
      served = true;
    }
    if (event instanceof StreamEvent.Finished) {
      end(Outcome.FINISHED);
    }
    return event;
  }

  /// A call that has failed or was closed must not begin anew.
  private void enter() {
    synchronized (lock) {
      if (closed) {
        throw givenUp();
      }
      if (outcome != Outcome.RUNNING && outcome != Outcome.FINISHED) {
        throw new IllegalStateException("The call has ended: " + outcome);
      }
      inside = true;
    }
  }

  /// A thread that was left alone in the meantime must not do anything with what it brings.
  private void leave() {
    synchronized (lock) {
      inside = false;
      if (leftAlone) {
        throw givenUp();
      }
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private static BackendException givenUp() {
    return new BackendException(ErrorKind.CANCELLED, "The call was given up by its caller.");
  }

  private static Outcome outcomeOf(ErrorKind kind) {
    return switch (kind) {
      case CANCELLED -> Outcome.CANCELLED;
      case CUT -> Outcome.CUT;
      default -> Outcome.FAILED;
    };
  }

  private void end(Outcome reached) {
    synchronized (lock) {
      // Who has been given the end has it, even if the call is closed at the same moment.
      boolean finishedAfterAll = reached == Outcome.FINISHED && outcome == Outcome.CANCELLED;
      if (outcome == Outcome.RUNNING || finishedAfterAll) {
        outcome = reached;
      }
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    end(Outcome.CANCELLED);
    try {
      events.close();
    } finally {
      releaseMemory();
      leases.close();
    }
  }

  /// How the call ended: [Outcome#RUNNING] if it has not, [Outcome#CANCELLED] also if it was given
  /// up between two attempts.
  public Outcome outcome() {
    synchronized (lock) {
      return outcome;
    }
  }

  /// The name of the backend that serves the call; until one does, of the one that is being asked;
  /// after a failure, of the one that was asked last.
  public String backend() {
    return call.lastBackend().orElse(targets.getFirst().backend());
  }

  /// Whether [#backend()] can still change: another backend may be asked.
  public boolean mayMove() {
    synchronized (lock) {
      return targets.size() > 1 && !served && outcome == Outcome.RUNNING;
    }
  }

  /// The model that is asked for; empty for the backend's default.
  public String model() {
    return question.model();
  }

  /// What was not passed on to the backend that serves as the caller gave it; complete once the
  /// first event is there.
  public List<Adjustment> adjustments() {
    LiveCall last = context;
    return last == null ? List.of() : last.adjustments();
  }

  /// Headers of the upstream's answer that callers may want, by name in lower case; complete once
  /// the first event is there or the call has failed.
  public Map<String, String> answerHeaders() {
    LiveCall last = context;
    return last == null ? Map.of() : last.answerHeaders();
  }

  /// What was tried, in order; complete once the call has ended.
  public List<Attempt> attempts() {
    return call.attempts();
  }
}
