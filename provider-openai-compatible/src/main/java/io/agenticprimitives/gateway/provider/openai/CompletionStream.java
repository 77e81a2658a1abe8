package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One call of the upstream, made when its first event is asked for.
///
/// [#close()] cancels the HTTP call, which closes its socket under whoever reads from it. The
/// response itself is closed by the thread that reads, or by the closing thread if nobody reads.
final class CompletionStream implements EventStream {

  /// Makes the HTTP calls of a stream: the first and, where the first is refused for something that
  /// can be left out, another.
  @FunctionalInterface
  interface Exchange {
    /// Gets a good answer.
    ///
    /// @param stream whose [CompletionStream#execute] makes the calls, so that they can be
    ///   cancelled
    /// @throws BackendException if there is none
    Answer open(CompletionStream stream);
  }

  /// @param events of the body of the response
  record Answer(Response response, EventSource events) {}

  private final String backend;
  private final Exchange exchange;
  private final Object lock = new Object();
  private @Nullable Call call;
  private @Nullable Answer answer;
  private boolean reading;
  private boolean closed;
  private boolean complete;

  CompletionStream(String backend, Exchange exchange) {
    this.backend = backend;
    this.exchange = exchange;
  }

  @Override
  public StreamEvent next() {
    enter();
    try {
      Answer open = answer;
      if (open == null) {
        open = exchange.open(this);
        answer = open;
      }
      StreamEvent event = open.events().next();
      complete = event instanceof StreamEvent.Finished;
      return event;
    } catch (BackendException failure) {
      throw isClosed() ? cancelled() : failure;
    } finally {
      leave();
    }
  }

  private void enter() {
    synchronized (lock) {
      if (closed) {
        throw cancelled();
      }
      reading = true;
    }
  }

  private void leave() {
    synchronized (lock) {
      reading = false;
      if (closed) {
        closeAnswer();
      }
    }
  }

  /// Executes a call that [#close()] cancels.
  Response execute(Call next) {
    synchronized (lock) {
      if (closed) {
        throw cancelled();
      }
      call = next;
    }
    try {
      return next.execute();
    } catch (IOException failure) {
      throw ConnectionFailures.of(backend, failure);
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private BackendException cancelled() {
    return new BackendException(
        ErrorKind.CANCELLED, "The call of backend '" + backend + "' was given up.");
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (call != null && !complete) {
        call.cancel();
      }
      if (!reading) {
        closeAnswer();
      }
    }
  }

  /// After a complete answer this leaves the connection to the next call.
  private void closeAnswer() {
    Answer open = answer;
    if (open != null) {
      answer = null;
      open.response().close();
    }
  }
}
