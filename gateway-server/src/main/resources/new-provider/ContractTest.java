package @PACKAGE@;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.testkit.contract.Capability;
import io.agenticprimitives.gateway.testkit.contract.LlmBackendContract;
import io.agenticprimitives.gateway.testkit.contract.UpstreamDialect;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Holds the backend to what the gateway expects of every backend.
class @CLASS@ContractTest extends LlmBackendContract {

  /// What is declared here must work; what is not must be refused or reported.
  @Override
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  protected LlmBackend open(URI upstream) {
    return new @CLASS@Backend(new @CLASS@Provider.Config("Hello"));
  }

  /// How the upstream speaks, once there is one: then far more can be tried.
  @Override
  protected Optional<UpstreamDialect> dialect() {
    return Optional.empty();
  }
}
