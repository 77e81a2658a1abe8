package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.testkit.contract.Capability;
import io.agenticprimitives.gateway.testkit.contract.LlmBackendContract;
import io.agenticprimitives.gateway.testkit.contract.UpstreamDialect;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class BedrockContractTest extends LlmBackendContract {
  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.MODEL_LIST));
  }

  @Override
  protected LlmBackend open(URI upstream) {
    return Setup.backend(Config.at(upstream).withKeys(), ServerCredentials.NEVER);
  }

  @Override
  protected Optional<UpstreamDialect> dialect() {
    return Optional.of(new ConverseWords());
  }

  @Override
  protected List<String> secrets() {
    return List.of(Setup.SECRET);
  }
}
