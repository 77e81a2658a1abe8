package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One request for vectors under way. Nothing is sent upstream before [#await()].
public final class EmbeddingsCall {
  private final LlmService service;
  private final EmbeddingRequest request;
  private final LiveCall context;
  private final DeadlineTimer timer;

  EmbeddingsCall(
      LlmService service, EmbeddingRequest request, CallOptions options, DeadlineTimer timer) {
    this.service = service;
    this.request = request;
    this.context = LiveCall.within(service, options, service.policy().timeouts().total());
    this.timer = timer;
  }

  /// Asks for the vectors and waits for them; interrupting the thread gives the call up.
  ///
  /// @throws BackendException if the upstream fails, or takes longer than its first event may
  public Embeddings await() {
    Duration limit = service.policy().timeouts().firstEvent();
    return new InterruptingDeadline(timer)
        .call(
            () -> service.backend().embed(request, context),
            limit,
            () ->
                new BackendException(
                    ErrorKind.TIMEOUT,
                    "Backend '%s' made no embeddings within %d s (timeouts.first_event)."
                        .formatted(service.name(), limit.toSeconds())));
  }

  /// The name of the backend that serves the call.
  public String backend() {
    return service.name();
  }

  /// What of the request was not passed on as it was given; complete once the call has ended.
  public List<Adjustment> adjustments() {
    return context.adjustments();
  }

  /// Headers of the upstream's answer that callers may want, by name in lower case; complete once
  /// the call has ended.
  public Map<String, String> answerHeaders() {
    return context.answerHeaders();
  }
}
