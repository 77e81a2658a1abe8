package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.Backend;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.util.List;

/// A live backend that serves language models. Thread-safe: calls run side by side.
public interface LlmBackend extends Backend {

  /// Starts a completion, streamed or whole as the request's [Delivery] says: both give the same
  /// events.
  ///
  /// The method translates the request and returns without waiting for the upstream; the first
  /// [EventStream#next()] does the waiting. So whoever holds the stream can cancel the call at any
  /// time.
  ///
  /// What the upstream has no word for is reported with [CallContext#adjusted], never left out in
  /// silence.
  ///
  /// @throws BackendException if the request cannot be expressed for this upstream
  EventStream stream(CompletionRequest request, CallContext call);

  /// The models that can be asked for, in the upstream's order. It waits for the upstream; the
  /// thread is interrupted when the call is given up.
  ///
  /// @throws BackendException if the upstream fails
  List<ModelInfo> models(CallContext call);

  /// Makes vectors of texts. It waits for the upstream; the thread is interrupted when the call is
  /// given up.
  ///
  /// @throws BackendException if the upstream fails, or has no such models
  default Embeddings embed(EmbeddingRequest request, CallContext call) {
    throw new BackendException(
        ErrorKind.UNSUPPORTED,
        "This kind of backend makes no embeddings. Choose another one: write the model as"
            + " backend/model, or send its name in X-Provider-LLM.");
  }
}
