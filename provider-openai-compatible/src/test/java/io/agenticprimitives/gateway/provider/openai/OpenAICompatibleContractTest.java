package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.testkit.contract.Capability;
import io.agenticprimitives.gateway.testkit.contract.LlmBackendContract;
import io.agenticprimitives.gateway.testkit.contract.UpstreamDialect;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class OpenAICompatibleContractTest extends LlmBackendContract {
  private static final String KEY = "sk-contract-0123456789";

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  protected LlmBackend open(URI upstream) {
    return TestConfig.of(upstream).apiKey(KEY).open();
  }

  @Override
  protected Optional<UpstreamDialect> dialect() {
    return Optional.of(new OpenAIWords());
  }

  @Override
  protected List<String> secrets() {
    return List.of(KEY);
  }
}
