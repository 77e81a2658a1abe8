package io.agenticprimitives.gateway.provider.echo;

import io.agenticprimitives.gateway.api.Alias;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.List;

/// Makes backends that say nothing and have no models, for configurations of the original project
/// that name its provider of this kind.
@Alias("agentic_primitives_gateway.primitives.llm.noop.NoopLLMProvider")
public final class NoopProvider implements LlmProvider<NoopProvider.Config> {

  /// There is nothing to configure.
  public record Config() {}

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public LlmBackend open(Config config, BackendContext context) {
    return new Silence();
  }

  private static final class Silence implements LlmBackend {
    @Override
    public EventStream stream(CompletionRequest request, CallContext call) {
      return EventStream.of(
          List.of(
              new StreamEvent.Started(request.model()),
              new StreamEvent.Finished(StopReason.END_TURN, "", Usage.UNKNOWN)));
    }

    @Override
    public List<ModelInfo> models(CallContext call) {
      return List.of();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
