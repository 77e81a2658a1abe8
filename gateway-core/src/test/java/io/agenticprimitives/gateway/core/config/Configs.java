package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Short ways to load configurations in tests.
final class Configs {
  static final String FILE = "gateway.yaml";

  /// The smallest configuration that is right.
  static final String MINIMAL = "providers: {llm: {backend: echo}}\n";

  private Configs() {}

  static LoadedConfig load(String text, Map<String, String> environment) {
    return ConfigLoader.parse(text, FILE, environment, Path.of(""));
  }

  static LoadedConfig load(String text) {
    return load(text, Map.of());
  }

  static GatewayConfig valid(String text, Map<String, String> environment) {
    LoadedConfig loaded = load(text, environment);
    return loaded.config().orElseThrow(() -> new AssertionError(loaded.problems().report()));
  }

  static GatewayConfig valid(String text) {
    return valid(text, Map.of());
  }

  /// `line: path: message` of each problem.
  static List<String> problems(String text) {
    return shown(load(text).problems().list());
  }

  /// The same for the warnings.
  static List<String> warnings(String text) {
    return shown(load(text).problems().warnings());
  }

  static List<String> shown(List<Problem> problems) {
    return problems.stream().map(p -> p.line() + ": " + p.path() + ": " + p.message()).toList();
  }

  /// The root of a text that is YAML.
  static Mapping root(String text, Map<String, String> environment) {
    Problems problems = new Problems();
    return ConfigLoader.root(text, FILE, environment, Path.of(""), problems)
        .orElseThrow(() -> new AssertionError(problems.report()));
  }

  static Mapping root(String text) {
    return root(text, Map.of());
  }

  /// The backends for language models.
  static PrimitiveConfig llm(GatewayConfig config) {
    return Optional.ofNullable(config.primitives().get("llm")).orElseThrow();
  }

  /// One of them.
  static BackendConfig backend(PrimitiveConfig primitive, String name) {
    return Optional.ofNullable(primitive.backends().get(name)).orElseThrow();
  }

  /// The single value of a key at the top.
  static Scalar scalar(Mapping root, String key) {
    return (Scalar) root.get(key).orElseThrow();
  }
}
