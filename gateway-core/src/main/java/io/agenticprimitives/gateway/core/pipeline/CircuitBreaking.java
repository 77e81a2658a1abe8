package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;

/// Refuses calls while the backend is left alone, and reports how the others end.
final class CircuitBreaking implements PipelineStep {
  private final Breaker breaker;
  private final PipelineStep next;

  CircuitBreaking(Breaker breaker, PipelineStep next) {
    this.breaker = breaker;
    this.next = next;
  }

  @Override
  public EventStream stream(Question question, PipelineCall call) {
    Breaker.Permit permit = breaker.acquire();
    call.attempt().admit();
    try {
      return new WatchedStream(next.stream(question, call), permit, call.attempt());
    } catch (BackendException failure) {
      permit.fail(failure);
      throw failure;
    } catch (RuntimeException | Error fault) {
      permit.abandon();
      throw fault;
    }
  }

  private static final class WatchedStream implements EventStream {
    private final EventStream events;
    private final Breaker.Permit permit;
    private final LiveAttempt attempt;

    WatchedStream(EventStream events, Breaker.Permit permit, LiveAttempt attempt) {
      this.events = events;
      this.permit = permit;
      this.attempt = attempt;
    }

    @Override
    public StreamEvent next() {
      try {
        StreamEvent event = events.next();
        permit.noteEvent();
        if (event instanceof StreamEvent.Finished) {
          permit.finish();
        }
        return event;
      } catch (BackendException failure) {
        if (attempt.wasLong()) {
          permit.abandon();
        } else {
          permit.fail(failure);
        }
        throw failure;
      }
    }

    @Override
    public void close() {
      // A plugin that stays in next() for ever never tells that its time was up.
      if (!attempt.wasLong()) {
        attempt.overdue().ifPresent(permit::fail);
      }
      permit.abandon();
      events.close();
    }
  }
}
