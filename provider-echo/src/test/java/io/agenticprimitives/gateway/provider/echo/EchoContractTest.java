package io.agenticprimitives.gateway.provider.echo;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.testkit.contract.Capability;
import io.agenticprimitives.gateway.testkit.contract.LlmBackendContract;
import io.agenticprimitives.gateway.testkit.contract.UpstreamDialect;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

class EchoContractTest extends LlmBackendContract {
  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.TOOLS, Capability.USAGE);
  }

  @Override
  protected LlmBackend open(URI upstream) {
    return new EchoBackend(new EchoConfig("echo", Duration.ZERO));
  }

  @Override
  protected Optional<UpstreamDialect> dialect() {
    return Optional.empty();
  }
}
