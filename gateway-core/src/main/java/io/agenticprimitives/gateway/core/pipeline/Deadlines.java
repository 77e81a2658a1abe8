package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.config.Timeouts;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Ends a stream whose upstream is too slow: before its first event, between two events, or in all.
/// Only the time in which the upstream is waited for counts for the first two; a caller who reads
/// slowly is not the upstream's fault. The deadline for all counts from the beginning of the call,
/// whatever was tried or waited for before.
final class Deadlines implements PipelineStep {
  private final String backend;
  private final Timeouts timeouts;
  private final CallClock clock;
  private final PipelineStep next;

  Deadlines(String backend, Timeouts timeouts, CallClock clock, PipelineStep next) {
    this.backend = backend;
    this.timeouts = timeouts;
    this.clock = clock;
    this.next = next;
  }

  @Override
  public EventStream stream(Question question, PipelineCall call) {
    return new GuardedStream(next.stream(question, call), question.firstEvent(timeouts), call);
  }

  private final class GuardedStream implements EventStream {
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final EventStream events;
    private final Duration firstEvent;
    private final PipelineCall call;
    private final LiveAttempt attempt;
    private volatile long waitingSince = NOT_WAITING;
    private volatile boolean first = true;
    private volatile @Nullable BackendException expired;
    private volatile boolean ended;
    private @Nullable Future<?> nextCheck;

    GuardedStream(EventStream events, Duration firstEvent, PipelineCall call) {
      this.events = events;
      this.firstEvent = firstEvent;
      this.call = call;
      this.attempt = call.attempt();
      scheduleWithin(Math.min(firstEvent.toNanos(), totalLeft()));
    }

    @Override
    public StreamEvent next() {
      waitingSince = clock.now();
      try {
        StreamEvent event = events.next();
        waitingSince = NOT_WAITING;
        first = false;
        if (event instanceof StreamEvent.Finished) {
          end();
        } else {
          throwIfExpired();
        }
        return event;
      } catch (BackendException failure) {
        end();
        throwIfExpired();
        throw failure;
      }
    }

    private void throwIfExpired() {
      BackendException timeout = expired;
      if (timeout != null) {
        throw timeout;
      }
    }

    @Override
    public void close() {
      end();
      events.close();
    }

    private synchronized void end() {
      ended = true;
      if (nextCheck != null) {
        nextCheck.cancel(false);
      }
    }

    /// The next check comes no later than the idle deadline, which may begin to count at any time.
    private synchronized void scheduleWithin(long nanoseconds) {
      if (!ended) {
        long delay = Math.min(nanoseconds, timeouts.idle().toNanos());
        nextCheck = clock.schedule(this::check, delay);
      }
    }

    /// Runs on the timer's thread: either a deadline has passed or the next check is due later.
    private void check() {
      long now = clock.now();
      long waited = waitingSince;
      Duration silence = first ? firstEvent : timeouts.idle();
      long silenceLeft =
          silence.toNanos() - (waited == NOT_WAITING ? 0 : Math.max(0, now - waited));
      long totalLeft = totalLeft();
      if (totalLeft <= 0) {
        if (!first) {
          attempt.noteLong();
        }
        expire("did not finish within " + InWords.of(timeouts.total()), "total");
      } else if (silenceLeft <= 0) {
        String what = first ? "sent nothing for " : "fell silent for ";
        expire(what + InWords.of(silence), first ? "first_event" : "idle");
      } else {
        scheduleWithin(Math.min(silenceLeft, totalLeft));
      }
    }

    private long totalLeft() {
      return call.remaining(timeouts.total()).toNanos();
    }

    private void expire(String what, String deadline) {
      BackendException timeout =
          new BackendException(
              ErrorKind.TIMEOUT,
              "Backend '" + backend + "' " + what + " (its deadline '" + deadline + "').");
      expired = timeout;
      attempt.noteOverdue(timeout);
      // A plugin may take its time to close, which must not hold up the timer.
      Thread.ofVirtual().name("deadline-", 0).start(events::close);
    }
  }
}
