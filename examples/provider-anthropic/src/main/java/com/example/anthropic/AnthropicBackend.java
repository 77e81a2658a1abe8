package com.example.anthropic;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.net.http.HttpRequest;
import java.util.List;

/// One Anthropic API. Thread-safe.
final class AnthropicBackend implements LlmBackend {
  private final AnthropicConfig config;
  private final Wire wire;
  private final ModelList models;

  AnthropicBackend(AnthropicConfig config, Wire wire) {
    this.config = config;
    this.wire = wire;
    this.models = new ModelList(wire);
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    String body = MessagesRequest.encode(request, config, call);
    HttpRequest post = wire.post("/v1/messages", body, call);
    UpstreamErrors errors = wire.errors(call);
    return new MessageStream(new Exchange(wire.http(), post, call, errors), errors);
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return models.all(call);
  }

  /// Asks for one model, which shows that the address and the key are good.
  @Override
  public Health health(CallContext call) {
    try {
      models.first(call);
      return Health.OK;
    } catch (BackendException failure) {
      return switch (failure.kind()) {
        case NOT_FOUND -> Health.reachable("It has no list of models.");
        case RATE_LIMITED -> Health.reachable(failure.message());
        default -> Health.down(failure.message());
      };
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
