package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.ConfigLocation;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.core.plugin.UnknownProviderException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configuration that a command works with: a file, or the built-in quick start if there is
/// none.
///
/// @param file that it is in; empty for the quick start
/// @param source the file, or words for the quick start
/// @param notes what the operator should know about how it came about
record Configuration(LoadedConfig loaded, Optional<Path> file, String source, List<String> notes) {
  private static final String QUICK_START = "built-in quick start";

  /// The file that the operator named, or else the one that is where files are looked for; empty if
  /// there is none.
  ///
  /// @throws CommandException if a named file does not exist
  static Optional<Configuration> ofFile(Optional<String> name) {
    try {
      return ConfigLocation.find(name, System.getenv(), workingDirectory())
          .map(
              file ->
                  new Configuration(
                      ConfigLoader.load(file, System.getenv()),
                      Optional.of(file),
                      file.toString(),
                      List.of()));
    } catch (IllegalArgumentException missing) {
      throw new CommandException(ExitCode.WRONG, String.valueOf(missing.getMessage()));
    }
  }

  /// What is served without a file.
  static Configuration quickStart(Plugins plugins) {
    Map<String, String> environment = System.getenv();
    QuickStart quickStart =
        QuickStart.choose(environment, provider -> isInstalled(plugins, provider), LocalModels::of);
    LoadedConfig loaded =
        ConfigLoader.parse(quickStart.yaml(), QUICK_START, environment, workingDirectory());
    return new Configuration(loaded, Optional.empty(), QUICK_START, quickStart.notes());
  }

  /// The same file, or another look around, as it is now.
  LoadedConfig again(Plugins plugins) {
    return file.map(path -> ConfigLoader.load(path, System.getenv()))
        .orElseGet(() -> quickStart(plugins).loaded());
  }

  private static Path workingDirectory() {
    return Path.of("").toAbsolutePath();
  }

  Problems problems() {
    return loaded.problems();
  }

  /// Empty if there are problems.
  Optional<GatewayConfig> config() {
    return loaded.config();
  }

  /// What to tell the operator. A configuration with faults of its own was never opened; what is
  /// wrong with its backends is told all the same.
  CommandException wrong(Plugins plugins) {
    if (loaded.config().isEmpty()) {
      Gateway.check(loaded, plugins);
    }
    return new CommandException(ExitCode.WRONG, loaded.problems().report());
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
