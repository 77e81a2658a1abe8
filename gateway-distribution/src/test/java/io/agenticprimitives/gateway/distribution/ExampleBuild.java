package io.agenticprimitives.gateway.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds a copy of the example of a provider as its author would.
final class ExampleBuild {
  private static final Path EXAMPLE = StrangersMaven.ROOT.resolve("examples/provider-anthropic");
  private static final Path WORK =
      StrangersMaven.ROOT.resolve("gateway-distribution/target/example");

  private static @Nullable Path plugins;

  private ExampleBuild() {}

  /// A directory of plugins with nothing but the example in it, built once for all tests.
  static synchronized Path plugins() throws IOException, InterruptedException {
    if (plugins == null) {
      Path work = StrangersMaven.emptied(WORK);
      Path project = work.resolve("provider-anthropic");
      copy(project);
      new StrangersMaven(work).run(project, "package");
      plugins = project.resolve("target/plugin");
    }
    return plugins;
  }

  private static void copy(Path project) throws IOException {
    Path built = EXAMPLE.resolve("target");
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(path -> !path.startsWith(built)).toList()) {
        Files.copy(file, project.resolve(EXAMPLE.relativize(file).toString()));
      }
    }
  }
}
