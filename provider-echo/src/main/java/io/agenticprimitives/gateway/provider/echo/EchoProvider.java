package io.agenticprimitives.gateway.provider.echo;

import io.agenticprimitives.gateway.api.Alias;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;

/// Makes backends that answer at once and always the same: for a first try and for testing clients.
@Alias("echo")
public final class EchoProvider implements LlmProvider<EchoConfig> {

  @Override
  public Class<EchoConfig> configType() {
    return EchoConfig.class;
  }

  @Override
  public LlmBackend open(EchoConfig config, BackendContext context) {
    return new EchoBackend(config);
  }
}
