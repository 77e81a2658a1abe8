package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.Alias;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;

/// Makes backends for OpenAI and for every server that speaks its chat completions: LM Studio,
/// Ollama, vLLM, TGI, llama.cpp and many more.
@Alias({
  "openai-compatible",
  "agentic_primitives_gateway.primitives.llm.openai_compatible.OpenAICompatibleProvider"
})
public final class OpenAICompatibleProvider implements LlmProvider<OpenAICompatibleConfig> {

  @Override
  public Class<OpenAICompatibleConfig> configType() {
    return OpenAICompatibleConfig.class;
  }

  @Override
  public LlmBackend open(OpenAICompatibleConfig config, BackendContext context) {
    return new OpenAICompatibleBackend(config, context);
  }
}
