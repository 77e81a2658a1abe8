package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.time.Duration;

/// Writes down each attempt and how it ended.
final class AttemptRecorder implements PipelineStep {
  private final String backend;
  private final Duration total;
  private final PipelineStep next;

  /// @param total how long a call to the backend may take in all
  AttemptRecorder(String backend, Duration total, PipelineStep next) {
    this.backend = backend;
    this.total = total;
    this.next = next;
  }

  @Override
  public EventStream stream(Question question, PipelineCall call) {
    LiveAttempt attempt = call.begin(backend, total);
    try {
      return new RecordedStream(next.stream(question, call), attempt);
    } catch (BackendException failure) {
      attempt.fail(failure);
      throw failure;
    }
  }

  private static final class RecordedStream implements EventStream {
    private final EventStream events;
    private final LiveAttempt attempt;

    RecordedStream(EventStream events, LiveAttempt attempt) {
      this.events = events;
      this.attempt = attempt;
    }

    @Override
    public StreamEvent next() {
      try {
        StreamEvent event = events.next();
        attempt.noteEvent();
        if (event instanceof StreamEvent.Finished) {
          attempt.finish();
        }
        return event;
      } catch (BackendException failure) {
        attempt.fail(failure);
        throw failure;
      } catch (RuntimeException | Error fault) {
        attempt.fail(new BackendException(ErrorKind.INTERNAL, "A fault of the gateway."));
        throw fault;
      }
    }

    /// Whatever the upstream says once it is closed is not why the attempt ended.
    @Override
    public void close() {
      attempt.cancel();
      events.close();
    }
  }
}
