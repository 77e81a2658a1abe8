package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.Alias;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;

/// Makes backends for Amazon Bedrock, over its Converse and ConverseStream operations.
@Alias({
  "bedrock",
  "bedrock-converse",
  "agentic_primitives_gateway.primitives.llm.bedrock.BedrockConverseProvider"
})
public final class BedrockConverseProvider implements LlmProvider<BedrockConfig> {

  @Override
  public Class<BedrockConfig> configType() {
    return BedrockConfig.class;
  }

  @Override
  public LlmBackend open(BedrockConfig config, BackendContext context) {
    return new BedrockBackend(config, context, System::getenv);
  }
}
