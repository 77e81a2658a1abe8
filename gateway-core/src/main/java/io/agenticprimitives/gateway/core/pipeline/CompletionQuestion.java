package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.core.config.Timeouts;
import java.time.Duration;

/// Asks for a completion.
public record CompletionQuestion(CompletionRequest request) implements Question {
  @Override
  public String model() {
    return request.model();
  }

  @Override
  public Question withModel(String model) {
    return new CompletionQuestion(request.withModel(model));
  }

  @Override
  public Delivery delivery() {
    return request.delivery();
  }

  /// An answer in one piece begins when the model has finished: for it there is only the deadline
  /// for all.
  @Override
  public Duration firstEvent(Timeouts timeouts) {
    return request.delivery() == Delivery.WHOLE ? timeouts.total() : timeouts.firstEvent();
  }

  @Override
  public EventStream ask(String backend, PluginBoundary plugin, PipelineCall call) {
    LiveAttempt attempt = call.attempt();
    EventStream events =
        new CheckedStream(
            backend, plugin.stream(request, attempt.context(), call.visitor(attempt)));
    return request.delivery() == Delivery.WHOLE
        ? new KeptAnswer(events, attempt.context())
        : events;
  }
}
