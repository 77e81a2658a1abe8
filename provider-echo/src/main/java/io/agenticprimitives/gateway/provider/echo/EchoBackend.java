package io.agenticprimitives.gateway.provider.echo;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.util.List;

/// Says back what the user said. It calls a tool if it must (`tool_choice`) or if the user asks for
/// it ("call NAME", with the arguments as a JSON object behind the name), and says back what the
/// tool gave.
final class EchoBackend implements LlmBackend {
  private final EchoConfig config;

  EchoBackend(EchoConfig config) {
    this.config = config;
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    String model = request.model().isEmpty() ? config.defaultModel() : request.model();
    return new PacedStream(EchoAnswer.to(request, model, call).events(), config.delay());
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return List.of(ModelInfo.of(config.defaultModel()));
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
