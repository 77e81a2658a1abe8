package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.ConfigLocation;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.core.plugin.UnknownProviderException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configuration that a command works with: a file, or the built-in quick start if there is
/// none.
///
/// @param source the file, or words for the quick start
/// @param notes what the operator should know about how it came about
record Configuration(LoadedConfig loaded, String source, List<String> notes) {
  private static final String QUICK_START = "built-in quick start";

  /// Finds and loads it.
  ///
  /// @param file that the operator named
  /// @throws CommandException if a named file does not exist
  static Configuration load(Optional<String> file, Plugins plugins) {
    Map<String, String> environment = System.getenv();
    Path directory = Path.of("").toAbsolutePath();
    Optional<Path> found;
    try {
      found = ConfigLocation.find(file, environment, directory);
    } catch (IllegalArgumentException missing) {
      throw new CommandException(ExitCode.WRONG, String.valueOf(missing.getMessage()));
    }
    if (found.isPresent()) {
      LoadedConfig loaded = ConfigLoader.load(found.get(), environment);
      return new Configuration(loaded, found.get().toString(), List.of());
    }
    QuickStart quickStart =
        QuickStart.choose(environment, provider -> isInstalled(plugins, provider), LocalModels::of);
    LoadedConfig loaded =
        ConfigLoader.parse(quickStart.yaml(), QUICK_START, environment, directory);
    return new Configuration(loaded, QUICK_START, quickStart.notes());
  }

  /// A configuration with faults of its own is not opened; what is wrong with its backends is told
  /// all the same.
  void addProblemsOfBackends(Plugins plugins) {
    if (loaded.config().isEmpty()) {
      Gateway.check(loaded, plugins);
    }
  }

  private static boolean isInstalled(Plugins plugins, String provider) {
    try {
      plugins.find(provider);
      return true;
    } catch (UnknownProviderException missing) {
      return false;
    }
  }
}
