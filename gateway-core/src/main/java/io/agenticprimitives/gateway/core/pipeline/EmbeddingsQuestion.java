package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.core.config.Timeouts;
import java.time.Duration;
import java.util.function.Consumer;

/// Asks for the vectors of texts. Its stream has one event, the last; the vectors go past it.
///
/// @param answer takes the vectors, before that event is given
public record EmbeddingsQuestion(EmbeddingRequest request, Consumer<Embeddings> answer)
    implements Question {
  @Override
  public String model() {
    return request.model();
  }

  @Override
  public Question withModel(String model) {
    return new EmbeddingsQuestion(request.withModel(model), answer);
  }

  @Override
  public Delivery delivery() {
    return Delivery.WHOLE;
  }

  @Override
  public Duration firstEvent(Timeouts timeouts) {
    return timeouts.firstEvent();
  }

  @Override
  public EventStream ask(String backend, PluginBoundary plugin, PipelineCall call) {
    LiveAttempt attempt = call.attempt();
    return plugin.vectors(request, attempt.context(), answer, call.visitor(attempt));
  }
}
