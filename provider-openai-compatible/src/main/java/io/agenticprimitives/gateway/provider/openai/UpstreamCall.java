package io.agenticprimitives.gateway.provider.openai;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// The HTTP side of one call of a backend. One thread at a time uses it, between [#enter()] and
/// [#leave()]; any thread may cancel it at any time, which closes its connection under whoever
/// reads from it. A response is ended by the thread that uses it, because it is not made for two.
final class UpstreamCall {
  private final UpstreamClient client;
  private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
  private final Object lock = new Object();
  private @Nullable Call call;
  private @Nullable Answer answer;
  private ConnectionTrace trace = new ConnectionTrace();
  private boolean inUse;
  private boolean cancelled;
  private boolean complete;

  /// A response that has not ended, and the trace of its call.
  private record Answer(Response response, ConnectionTrace trace) {}

  UpstreamCall(UpstreamClient client) {
    this.client = client;
  }

  /// Before the call is used.
  ///
  /// @return false if it was cancelled
  boolean enter() {
    synchronized (lock) {
      inUse = !cancelled;
      return inUse;
    }
  }

  /// After it was used.
  void leave() {
    Answer abandoned = null;
    synchronized (lock) {
      inUse = false;
      if (cancelled) {
        abandoned = takeAnswer();
      }
    }
    abandon(abandoned);
  }

  boolean isCancelled() {
    synchronized (lock) {
      return cancelled;
    }
  }

  /// Sends a request and waits for the head of its answer. It is sent a second time only if the
  /// upstream cannot have seen it.
  Response execute(Call request) throws IOException {
    try {
      return send(request);
    } catch (IOException failure) {
      if (isCancelled() || !trace.wasStale(failure)) {
        throw failure;
      }
      // Those that were kept as long as this one have probably ended with it.
      client.closeIdleConnections();
      return send(request.clone());
    }
  }

  private Response send(Call next) throws IOException {
    trace = new ConnectionTrace();
    next.addEventListener(trace);
    synchronized (lock) {
      if (cancelled) {
        throw new IOException("The call was cancelled");
      }
      call = next;
    }
    Response head = ScopedValue.where(HostLookup.GIVEN_UP, givenUp).call(next::execute);
    synchronized (lock) {
      answer = new Answer(head, trace);
    }
    return head;
  }

  /// The answer is no longer wanted and was read: its connection is left to the next call.
  void finish() {
    Answer done;
    synchronized (lock) {
      done = takeAnswer();
    }
    if (done != null) {
      client.release(done.response(), done.trace());
    }
  }

  /// The answer is complete: the connection is left to the next call as soon as the rest of the
  /// body, which is next to nothing, was read. That is not waited for: some servers keep an answer
  /// open behind its end.
  void complete() {
    Answer done;
    synchronized (lock) {
      complete = true;
      call = null;
      done = takeAnswer();
    }
    if (done != null && !done.trace().isBodyEnded()) {
      Thread.ofVirtual()
          .name("upstream-rest")
          .start(() -> client.release(done.response(), done.trace()));
    }
  }

  /// Ends the call and its connection, unless its answer is complete. It does not block.
  void cancel() {
    Call running;
    Answer abandoned;
    synchronized (lock) {
      if (complete || cancelled) {
        return;
      }
      cancelled = true;
      running = call;
      abandoned = inUse ? null : takeAnswer();
    }
    givenUp.complete(null);
    if (running != null) {
      running.cancel();
    }
    abandon(abandoned);
  }

  private @Nullable Answer takeAnswer() {
    Answer taken = answer;
    answer = null;
    return taken;
  }

  private static void abandon(@Nullable Answer answer) {
    if (answer != null) {
      answer.response().close();
    }
  }
}
