package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.core.config.BackendConfig;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.config.Problem;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.config.RecordBinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the gateway's own binder makes of a block of configuration.
///
/// @param written the block
/// @param record empty if there are problems
/// @param problems what an operator would read
record BoundConfig(Mapping written, Optional<Record> record, List<Problem> problems) {
  private static final String PATH = "providers.llm.backends.default.config";

  BoundConfig {
    problems = List.copyOf(problems);
  }

  /// @param yaml the content of `config:`
  static BoundConfig of(ProviderUnderTest provider, String yaml, Map<String, String> environment) {
    String block = yaml.isBlank() ? " {}\n" : "\n" + yaml.indent(6);
    String file =
        "providers:\n  llm:\n    backend: " + provider.className() + "\n    config:" + block;
    LoadedConfig loaded = ConfigLoader.parse(file, "example", environment, Path.of(""));
    BackendConfig backend =
        loaded.backends().stream()
            .findFirst()
            .orElseThrow(
                () ->
                    Advice.error(
                        "The example cannot be read as YAML: " + loaded.problems().report(),
                        "An example must be what an operator could write.",
                        "Write the content of the block 'config:', keys in snake_case."));
    return bind(provider, backend.config());
  }

  static BoundConfig bind(ProviderUnderTest provider, Mapping written) {
    Problems problems = new Problems();
    Optional<? extends Record> record =
        RecordBinder.bind(written, provider.configType(), PATH, problems);
    return new BoundConfig(written, record.map(bound -> bound), problems.list());
  }

  /// All messages, with the keys that they are about.
  String told() {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(problem.path()).append(": ").append(problem.message()).append('\n');
    }
    return text.toString();
  }
}
