package io.agenticprimitives.gateway.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds a copy of the example of a provider as its author would, who has the API in his local
/// repository. That repository is the one of this build, seen through links, with the API and the
/// testkit of this build in it: so nothing of an unfinished build gets into the real one, and
/// nothing is downloaded twice. A library that was never used before is downloaded, unless this
/// build is offline.
final class ExampleBuild {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path EXAMPLE = ROOT.resolve("examples/provider-anthropic");
  private static final Path TARGET = ROOT.resolve("gateway-distribution/target");
  private static final String VERSION = System.getProperty("example.gateway.version");
  private static final String GROUP = "agenticprimitives";
  private static final String FAST_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";
  private static final long LIMIT_MINUTES = 4;

  private static @Nullable Path plugins;

  private final Path project;
  private final Path repository;

  private ExampleBuild(Path directory) {
    this.project = directory.resolve("provider-anthropic");
    this.repository = directory.resolve("repository");
  }

  /// A directory of plugins with nothing but the example in it, built once for all tests.
  static synchronized Path plugins() throws IOException, InterruptedException {
    if (plugins == null) {
      ExampleBuild build = new ExampleBuild(emptied(TARGET.resolve("example")));
      build.copyProject();
      build.layRepository();
      build.runMaven();
      plugins = build.project.resolve("target/plugin");
    }
    return plugins;
  }

  /// Links in it are deleted, not followed.
  private static Path emptied(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> old = Files.walk(directory)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(directory);
  }

  private void copyProject() throws IOException {
    Path built = EXAMPLE.resolve("target");
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(path -> !path.startsWith(built)).toList()) {
        Files.copy(file, project.resolve(EXAMPLE.relativize(file).toString()));
      }
    }
  }

  private void layRepository() throws IOException {
    Path usual = Path.of(System.getProperty("example.maven.repository"));
    link(usual, repository, "io");
    link(usual.resolve("io"), repository.resolve("io"), GROUP);
    install("gateway-parent", ROOT);
    for (String module : List.of("gateway-api", "gateway-testkit")) {
      Path home = install(module, ROOT.resolve(module));
      String jar = module + "-" + VERSION + ".jar";
      Files.copy(ROOT.resolve(module).resolve("target").resolve(jar), home.resolve(jar));
    }
  }

  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to);
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.endsWith(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
        }
      }
    }
  }

  private Path install(String artifact, Path module) throws IOException {
    Path home = repository.resolve("io").resolve(GROUP).resolve(artifact).resolve(VERSION);
    Files.createDirectories(home);
    Files.copy(module.resolve("pom.xml"), home.resolve(artifact + "-" + VERSION + ".pom"));
    return home;
  }

  private void runMaven() throws IOException, InterruptedException {
    File output = project.resolve("build.log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.directory(project.toFile()).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("MAVEN_OPTS", FAST_START, (given, ours) -> given + " " + ours);
    Process maven = builder.start();
    try {
      boolean ended = maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
      if (!ended || maven.exitValue() != 0) {
        throw new AssertionError(
            "The example was not built:\n" + Files.readString(output.toPath()));
      }
    } finally {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    Path maven = Path.of(System.getProperty("example.maven.home"), "bin", "mvn");
    command.add(Files.isExecutable(maven) ? maven.toString() : "mvn");
    command.addAll(List.of("--batch-mode", "--quiet"));
    command.addAll(List.of("-Dmaven.repo.local=" + repository, "-Dgateway.version=" + VERSION));
    if (System.getProperty("example.maven.offline").endsWith("true")) {
      command.add("--offline");
    }
    String settings = System.getProperty("example.maven.settings");
    if (Files.exists(Path.of(settings.substring(settings.indexOf('=') + 1)))) {
      command.add(settings);
    }
    command.add("package");
    return command;
  }
}
