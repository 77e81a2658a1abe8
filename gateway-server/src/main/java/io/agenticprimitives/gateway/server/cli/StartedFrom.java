package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.server.reload.ConfigSource;
import java.nio.file.Path;
import java.util.Optional;

/// What the gateway was started from, read again with what the command line said then.
record StartedFrom(Configuration configuration, Overrides overrides) implements ConfigSource {
  @Override
  public LoadedConfig load(Plugins plugins) {
    LoadedConfig loaded = configuration.again(plugins);
    return new LoadedConfig(
        loaded.config().map(overrides::put), loaded.backends(), loaded.problems());
  }

  @Override
  public Optional<Path> file() {
    return configuration.file();
  }

  @Override
  public String name() {
    return configuration.source();
  }
}
