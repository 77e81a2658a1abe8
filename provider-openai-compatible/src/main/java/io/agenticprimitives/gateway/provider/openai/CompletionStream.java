package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The events of one call of the upstream, which is made when the first is asked for.
final class CompletionStream implements EventStream {

  /// Makes the HTTP calls of a stream: the first and, where the first is refused for something that
  /// can be left out, another.
  @FunctionalInterface
  interface Exchange {
    /// Gets a good answer.
    ///
    /// @param call executes the HTTP calls, so that they can be cancelled
    /// @throws BackendException if there is none
    EventSource open(UpstreamCall call);
  }

  private final String backend;
  private final UpstreamCall call;
  private final Exchange exchange;
  private final UnaryOperator<BackendException> told;

  // Only the thread that pulls events sees these.
  private @Nullable EventSource events;
  private @Nullable BackendException failure;
  private boolean finished;

  /// @param told makes of a failure what the caller may see of it
  CompletionStream(
      String backend, UpstreamCall call, Exchange exchange, UnaryOperator<BackendException> told) {
    this.backend = backend;
    this.call = call;
    this.exchange = exchange;
    this.told = told;
  }

  @Override
  public StreamEvent next() {
    if (finished) {
      throw new NoSuchElementException("The answer has ended");
    }
    if (failure != null) {
      throw failure;
    }
    if (!call.enter()) {
      throw cancelled();
    }
    boolean good = false;
    try {
      StreamEvent event = events().next();
      finished = event instanceof StreamEvent.Finished;
      good = true;
      return event;
    } catch (BackendException reported) {
      failure = call.isCancelled() ? cancelled() : told.apply(reported);
      throw failure;
    } finally {
      if (finished || !good) {
        // What has been read of the answer is not needed any more.
        events = null;
      }
      if (finished) {
        call.complete();
      } else if (!good) {
        call.cancel();
      }
      call.leave();
    }
  }

  private EventSource events() {
    EventSource open = events;
    if (open == null) {
      open = exchange.open(call);
      events = open;
    }
    return open;
  }

  private BackendException cancelled() {
    return new BackendException(
        ErrorKind.CANCELLED, "The call of backend '" + backend + "' was given up.");
  }

  @Override
  public void close() {
    call.cancel();
  }
}
