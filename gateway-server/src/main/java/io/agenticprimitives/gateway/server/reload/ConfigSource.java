package io.agenticprimitives.gateway.server.reload;

import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.nio.file.Path;
import java.util.Optional;

/// Where the configuration comes from, each time that it is read.
public interface ConfigSource {
  /// Reads it.
  ///
  /// @param plugins those that are installed now
  LoadedConfig load(Plugins plugins);

  /// The file that it is in, if it is in one.
  Optional<Path> file();

  /// What messages call it.
  String name();
}
