package com.example.anthropic;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;

/// What the gateway finds by the service file: makes backends that speak Anthropic's Messages API.
public final class AnthropicProvider implements LlmProvider<AnthropicConfig> {

  @Override
  public Class<AnthropicConfig> configType() {
    return AnthropicConfig.class;
  }

  @Override
  public LlmBackend open(AnthropicConfig config, BackendContext context) {
    return new AnthropicBackend(config, new Wire(config, context.connectTimeout()));
  }
}
