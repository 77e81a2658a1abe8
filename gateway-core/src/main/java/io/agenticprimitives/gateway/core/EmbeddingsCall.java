package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// One request for vectors under way. Nothing is sent upstream before [#await()].
public final class EmbeddingsCall implements AutoCloseable {
  private final BackendCall call;
  private final AtomicReference<Embeddings> answer;

  /// @param call ends when there is an answer
  EmbeddingsCall(BackendCall call, AtomicReference<Embeddings> answer) {
    this.call = call;
    this.answer = answer;
  }

  /// Asks for the vectors and waits for them; closing the call from another thread gives it up.
  ///
  /// @throws BackendException if no backend makes them
  public Embeddings await() {
    call.next();
    return Objects.requireNonNull(answer.get());
  }

  /// How the call goes.
  public BackendCall call() {
    return call;
  }

  /// Ends the call at whatever stage it is. Any thread may do it.
  @Override
  public void close() {
    call.close();
  }
}
