package @PACKAGE@;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;

/// Makes backends from configuration; named in the gateway's YAML by this class's name.
public final class @CLASS@Provider implements LlmProvider<@CLASS@Provider.Config> {

  /// One key of the configuration for each component, in snake_case.
  public record Config(@Doc("What to say.") @Default("Hello") String greeting) {}

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public LlmBackend open(Config config, BackendContext context) {
    return new @CLASS@Backend(config);
  }
}
