package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.Attempt.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One completion under way. Nothing is sent upstream before the first [#next()].
///
/// One thread pulls; [#close()] may come from any thread at any time and ends the call at every
/// stage. What [#next()] throws is always a [BackendException], and a stream that does not throw
/// ends in exactly one [StreamEvent.Finished].
public final class CompletionCall implements EventStream {
  private final LlmService service;
  private final CompletionRequest request;
  private final LiveCall context;
  private final long started = System.nanoTime();

  private final Object lock = new Object();
  private volatile @Nullable EventStream events;
  private boolean closed;
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable Duration firstEvent;

  CompletionCall(LlmService service, CompletionRequest request, CallOptions options) {
    this.service = service;
    this.request = request;
    this.context = new LiveCall(service.name(), options, service.timeouts().total());
  }

  @Override
  public StreamEvent next() {
    try {
      StreamEvent event = events().next();
      if (firstEvent == null) {
        firstEvent = elapsed();
      }
      if (event instanceof StreamEvent.Finished) {
        end(Outcome.FINISHED, "");
      }
      return event;
    } catch (BackendException failure) {
      BackendException told = isClosed() ? cancelled() : failure;
      end(outcomeOf(told.kind()), told.message());
      throw told;
    }
  }

  private EventStream events() {
    EventStream open = events;
    if (open != null) {
      return open;
    }
    if (isClosed()) {
      throw cancelled();
    }
    EventStream opened = service.pipeline().stream(request, context);
    synchronized (lock) {
      events = opened;
      if (!closed) {
        return opened;
      }
    }
    opened.close();
    throw cancelled();
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private static BackendException cancelled() {
    return new BackendException(ErrorKind.CANCELLED, "The call was given up by its caller.");
  }

  private static Outcome outcomeOf(ErrorKind kind) {
    return switch (kind) {
      case CANCELLED -> Outcome.CANCELLED;
      case CUT -> Outcome.CUT;
      default -> Outcome.FAILED;
    };
  }

  private void end(Outcome outcome, String detail) {
    synchronized (lock) {
      if (attempt == null) {
        attempt =
            new Attempt(
                service.name(), outcome, Optional.ofNullable(firstEvent), elapsed(), detail);
      }
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  @Override
  public void close() {
    EventStream toClose;
    synchronized (lock) {
      closed = true;
      toClose = events;
    }
    if (toClose != null) {
      toClose.close();
    }
    end(Outcome.CANCELLED, "The call was given up by its caller.");
  }

  /// The name of the backend that serves the call.
  public String backend() {
    return service.name();
  }

  /// The model that is asked for; empty for the backend's default.
  public String model() {
    return request.model();
  }

  /// What was not passed on as the caller gave it; complete once the first event is there.
  public List<Adjustment> adjustments() {
    return context.adjustments();
  }

  /// Headers of the upstream's answer that callers may want, by name in lower case; complete once
  /// the first event is there or the call has failed.
  public Map<String, String> answerHeaders() {
    return context.answerHeaders();
  }

  /// What was tried; complete once the call has ended.
  public List<Attempt> attempts() {
    Attempt made = attempt;
    return made == null ? List.of() : List.of(made);
  }
}
