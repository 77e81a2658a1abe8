package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Loads a configuration. Nothing is thrown for what an operator may get wrong: everything becomes
/// a problem. Stateless.
public final class ConfigLoader {
  private ConfigLoader() {}

  /// Loads a file: YAML in UTF-8, of at most 1 MiB.
  ///
  /// @param environment the environment variables: values for references, and for keys that the
  ///   file lacks (`AGENTIC_PRIMITIVES_GATEWAY_PORT`)
  public static LoadedConfig load(Path file, Map<String, String> environment) {
    Problems problems = new Problems();
    try {
      if (Files.isDirectory(file)) {
        problems.add(new Position(file.toString(), 0), "", "this is a directory, not a file");
        return LoadedConfig.unreadable(problems);
      }
      Path directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of(""));
      return parse(BoundedFile.read(file), file.toString(), environment, directory);
    } catch (IOException e) {
      String message = "the file cannot be read: " + BoundedFile.reason(e);
      problems.add(new Position(file.toString(), 0), "", message);
      return LoadedConfig.unreadable(problems);
    }
  }

  /// Loads a text.
  ///
  /// @param fileName what messages call the text
  /// @param environment as for [#load]
  /// @param baseDirectory where relative paths in `${file:path}` begin
  public static LoadedConfig parse(
      String text, String fileName, Map<String, String> environment, Path baseDirectory) {
    Problems problems = new Problems();
    ProvidersReader providers = new ProvidersReader(problems);
    Optional<GatewayConfig> config =
        root(text, fileName, environment, baseDirectory, problems)
            .map(root -> EnvironmentOverlay.fill(root, environment, problems))
            .map(root -> new GatewayConfigReader(providers, problems).read(root, fileName));
    return new LoadedConfig(
        problems.isEmpty() ? config : Optional.empty(), providers.backends(), problems);
  }

  /// Reads a text as far as its root mapping.
  static Optional<Mapping> root(
      String text,
      String fileName,
      Map<String, String> environment,
      Path baseDirectory,
      Problems problems) {
    Position start = new Position(fileName, 1);
    if (text.getBytes(StandardCharsets.UTF_8).length > BoundedFile.LIMIT) {
      problems.add(start, "", "this is larger than 1 MiB");
      return Optional.empty();
    }
    if (!YamlReader.isClean(text, fileName, problems)) {
      return Optional.empty();
    }
    Expansion expansion = Expansion.of(text, environment, baseDirectory);
    Optional<ConfigNode> root = YamlReader.read(expansion, fileName, problems);
    if (root.isPresent() && !(root.get() instanceof Mapping)) {
      String message = "a configuration begins with keys such as providers:, not with ";
      problems.add(start, "", message + Wording.found(root.get()));
    }
    return root.filter(Mapping.class::isInstance).map(Mapping.class::cast);
  }
}
