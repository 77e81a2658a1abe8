package io.agenticprimitives.gateway.server.testing;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;
import java.util.Objects;

/// A plugin that opens the backends of tests. As a plugin it sees nothing of the tests but the API,
/// so a backend crosses over in the system properties.
public final class ScriptedProvider implements LlmProvider<ScriptedProvider.Config> {
  /// Which backend to open.
  ///
  /// @param key the property that holds it
  public record Config(String key) {}

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public LlmBackend open(Config config, BackendContext context) {
    return (LlmBackend) Objects.requireNonNull(System.getProperties().get(config.key()));
  }
}
