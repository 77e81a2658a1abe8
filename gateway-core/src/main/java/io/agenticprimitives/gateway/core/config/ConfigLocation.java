package io.agenticprimitives.gateway.core.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds the file to load.
public final class ConfigLocation {
  /// The environment variable that names the file, as in the original project.
  public static final String VARIABLE = "AGENTIC_PRIMITIVES_GATEWAY_CONFIG_FILE";

  /// The name of the file that is taken from the working directory if none is named.
  public static final String DEFAULT_NAME = "gateway.yaml";

  private ConfigLocation() {}

  /// The file that was named on the command line, else in the environment, else `gateway.yaml` in
  /// the working directory if it is there.
  ///
  /// @param option the value of `--config`
  /// @return empty if no file is named and there is no `gateway.yaml`
  /// @throws IllegalArgumentException if a file is named that does not exist; the message is for
  ///   the operator
  public static Optional<Path> find(
      Optional<String> option, Map<String, String> environment, Path workingDirectory) {
    if (option.isPresent()) {
      return Optional.of(existing(option.get(), "--config", workingDirectory));
    }
    String variable = environment.getOrDefault(VARIABLE, "");
    if (!variable.isEmpty()) {
      return Optional.of(existing(variable, VARIABLE, workingDirectory));
    }
    return Optional.of(workingDirectory.resolve(DEFAULT_NAME)).filter(Files::exists);
  }

  private static Path existing(String name, String namedBy, Path workingDirectory) {
    try {
      Path file = workingDirectory.resolve(name);
      if (Files.exists(file) && !Files.isDirectory(file)) {
        return file;
      }
    } catch (InvalidPathException _) {
      // The message below says all there is to say.
    }
    throw new IllegalArgumentException(
        "%s names the file '%s', which does not exist; name an existing file"
            .formatted(namedBy, name));
  }
}
