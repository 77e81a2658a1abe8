package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.plugin.PluginException;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where the plugins are, for all commands that need them.
final class PluginsOption {
  /// Set by the launcher to the directory of the distribution.
  private static final String HOME = "gateway.home";

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "The directory with the plugins; by default 'plugins' beside 'bin'.")
  private Optional<Path> directory = Optional.empty();

  /// @throws CommandException if the directory cannot be read
  Plugins load() {
    try {
      return Plugins.load(directory.orElseGet(PluginsOption::defaultDirectory));
    } catch (PluginException failure) {
      throw new CommandException(ExitCode.WRONG, String.valueOf(failure.getMessage()));
    }
  }

  private static Path defaultDirectory() {
    return Path.of(System.getProperty(HOME, "")).resolve("plugins");
  }
}
