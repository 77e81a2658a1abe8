package io.agenticprimitives.gateway.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Maven of a plugin's author, who has the API and the testkit in his local repository. That
/// repository is the one of this build, seen through links, with the artifacts of this build in it:
/// so nothing of an unfinished build gets into the real one, and nothing is downloaded twice. A
/// library that was never used before is downloaded, unless this build is offline.
final class StrangersMaven {
  static final Path ROOT = Path.of(System.getProperty("repository.root"));

  private static final String VERSION = System.getProperty("example.gateway.version");
  private static final String GROUP = "agenticprimitives";
  private static final String FAST_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";
  private static final long LIMIT_MINUTES = 4;

  private final Path repository;
  private final Path bin;

  /// @param directory where the repository and the command are put
  StrangersMaven(Path directory) throws IOException {
    this.repository = directory.resolve("repository");
    this.bin = Files.createDirectories(directory.resolve("maven-bin"));
    layRepository();
    Path command = bin.resolve("mvn");
    String words =
        command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Files.writeString(command, "#!/bin/sh\nexec " + words + " \"$@\"\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// A directory that is there and empty. Links in what was there are deleted, not followed.
  static Path emptied(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> old = Files.walk(directory)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(directory);
  }

  /// The directory of a command `mvn`, to be put into the path.
  Path bin() {
    return bin;
  }

  /// Runs it to its end.
  ///
  /// @throws AssertionError if it fails, with what it said
  void run(Path project, String... goals) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(bin.resolve("mvn").toString(), "--quiet"));
    command.addAll(List.of(goals));
    runToEnd(prepared(command, project), project.resolve("build.log"));
  }

  /// A command in the environment that it needs.
  static ProcessBuilder prepared(List<String> command, Path directory) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("MAVEN_OPTS", FAST_START, (given, ours) -> given + " " + ours);
    return builder;
  }

  /// @return what it said
  /// @throws AssertionError if it fails, with what it said
  static String runToEnd(ProcessBuilder command, Path output)
      throws IOException, InterruptedException {
    Process process = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
      String said = Files.readString(output);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            (ended ? "It failed with " + process.exitValue() : "It did not end") + ":\n" + said);
      }
      return said;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private void layRepository() throws IOException {
    Path usual = Path.of(System.getProperty("example.maven.repository"));
    link(usual, repository, "io");
    link(usual.resolve("io"), repository.resolve("io"), GROUP);
    install("gateway-parent", ROOT);
    for (String module : List.of("gateway-api", "gateway-core", "gateway-testkit")) {
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

  private List<String> command() {
    List<String> command = new ArrayList<>();
    Path maven = Path.of(System.getProperty("example.maven.home"), "bin", "mvn");
    command.add(Files.isExecutable(maven) ? maven.toString() : "mvn");
    command.add("--batch-mode");
    command.addAll(List.of("-Dmaven.repo.local=" + repository, "-Dgateway.version=" + VERSION));
    if (System.getProperty("example.maven.offline").endsWith("true")) {
      command.add("--offline");
    }
    String settings = System.getProperty("example.maven.settings");
    if (Files.exists(Path.of(settings.substring(settings.indexOf('=') + 1)))) {
      command.add(settings);
    }
    return command;
  }
}
