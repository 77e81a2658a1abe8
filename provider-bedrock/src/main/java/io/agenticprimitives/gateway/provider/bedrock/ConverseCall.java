package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One call of Converse or ConverseStream, made when its first event is asked for.
///
/// [#close()] ends it at every stage: it interrupts the thread that waits for credentials or
/// pictures, and cancels the HTTP call, which closes its socket under whoever connects, writes or
/// reads. The response itself is closed by the thread that reads, or by the closing thread if
/// nobody reads.
final class ConverseCall implements EventStream, SignedExchange.Runner {

  /// An answer that has begun.
  ///
  /// @param events of the body of the response
  /// @param identity whose secrets may not show in a message
  record Answer(Response response, EventSource events, Identity identity) {}

  private final String backend;
  private final BedrockClient client;

  /// It holds the request, which is not needed any more once the answer is there.
  private @Nullable Function<? super ConverseCall, Answer> exchange;

  private final Object lock = new Object();
  private @Nullable Thread waiting;
  private @Nullable Call call;
  private @Nullable Answer answer;
  private boolean reading;
  private boolean closed;
  private boolean complete;

  /// @param client takes back the connections of complete answers
  /// @param exchange gets a good answer; it waits only in this object's [#interruptibly],
  ///   [#resolve] and [#execute]
  ConverseCall(
      String backend, BedrockClient client, Function<? super ConverseCall, Answer> exchange) {
    this.backend = backend;
    this.client = client;
    this.exchange = exchange;
  }

  @Override
  public StreamEvent next() {
    enter();
    try {
      Answer open = answer;
      if (open == null) {
        open = open();
        answer = open;
      }
      return next(open);
    } catch (BackendException failure) {
      throw isClosed() ? cancelled() : failure;
    } finally {
      leave();
    }
  }

  private Answer open() {
    Function<? super ConverseCall, Answer> once = exchange;
    if (once == null) {
      throw new NoSuchElementException("The answer has ended");
    }
    exchange = null;
    return once.apply(this);
  }

  private StreamEvent next(Answer open) {
    try {
      StreamEvent event = open.events().next();
      complete = event instanceof StreamEvent.Finished;
      return event;
    } catch (BackendException failure) {
      throw failure.withMessage(open.identity().redact(failure.message()));
    }
  }

  private void enter() {
    synchronized (lock) {
      requireOpen();
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

  private void requireOpen() {
    if (closed) {
      throw cancelled();
    }
  }

  @Override
  public Identity resolve(CredentialSource source) {
    return interruptibly(source::resolve);
  }

  /// Does something that waits and can be interrupted, which closing this does.
  <T> T interruptibly(Supplier<T> action) {
    synchronized (lock) {
      requireOpen();
      waiting = Thread.currentThread();
    }
    try {
      return action.get();
    } finally {
      synchronized (lock) {
        waiting = null;
        if (closed) {
          // The interruption was meant for the wait alone.
          Thread.interrupted();
        }
      }
    }
  }

  @Override
  public Response execute(Call next) {
    synchronized (lock) {
      requireOpen();
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
      if (waiting != null) {
        waiting.interrupt();
      }
      if (call != null && !complete) {
        call.cancel();
      }
      if (!reading) {
        closeAnswer();
      }
    }
  }

  /// After a complete answer this leaves the connection to the next call. The little that may be
  /// left of the body is not waited for: some servers keep an answer open behind its end.
  private void closeAnswer() {
    Answer open = answer;
    if (open == null) {
      return;
    }
    answer = null;
    Response response = open.response();
    if (!complete) {
      response.close();
    } else if (!ConnectionTrace.of(response.request()).isBodyEnded()) {
      Thread.ofVirtual().name("bedrock-rest").start(() -> client.release(response));
    }
  }
}
