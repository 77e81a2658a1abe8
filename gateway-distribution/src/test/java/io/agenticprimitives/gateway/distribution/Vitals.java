package io.agenticprimitives.gateway.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a running gateway holds, as Linux and the JDK's tools tell it.
///
/// @param process its id
/// @param client scrapes its metrics
/// @param directory for the files that the tools write
record Vitals(long process, NativeClient client, Path directory) {
  private static final double MEGABYTE = 1024 * 1024;

  /// What is cheap to look at.
  ///
  /// @param heap used, in MB, with what could be collected
  /// @param direct memory outside the heap that buffers use, in MB
  /// @param resident memory of the process, in MB
  /// @param threads of the platform
  /// @param descriptors open files and sockets
  /// @param jars of plugins that are open
  record Look(
      double heap,
      double metaspace,
      double direct,
      double resident,
      int threads,
      int descriptors,
      int sockets,
      int jars) {}

  Look look() throws IOException {
    String metrics = client.get("/metrics").body();
    String status = Files.readString(Path.of("/proc", "" + process, "status"));
    List<String> open = descriptors();
    return new Look(
        sum(metrics, "jvm_memory_used_bytes{area=\"heap\"") / MEGABYTE,
        sum(metrics, "jvm_memory_used_bytes{area=\"nonheap\",id=\"Metaspace\"") / MEGABYTE,
        sum(metrics, "jvm_buffer_memory_used_bytes{id=\"direct\"") / MEGABYTE,
        number(status, "VmRSS:") / 1024,
        (int) number(status, "Threads:"),
        open.size(),
        (int) open.stream().filter(target -> target.startsWith("socket:")).count(),
        PluginJars.open("" + process).size());
  }

  /// The heap after a collection of all garbage, in MB.
  double collectedHeap() throws IOException {
    jcmd("GC.run");
    return sum(client.get("/metrics").body(), "jvm_memory_used_bytes{area=\"heap\"") / MEGABYTE;
  }

  /// The class loaders of plugins that were not collected.
  int pluginLoaders() throws IOException {
    return (int) jcmd("VM.classloaders").lines().filter(line -> line.contains("plugin:")).count();
  }

  /// The virtual threads that the JVM knows of.
  int virtualThreads() throws IOException {
    Path file = directory.resolve("threads.txt");
    jcmd("Thread.dump_to_file", "-overwrite", file.toString());
    try (Stream<String> lines = Files.lines(file)) {
      return (int) lines.filter(line -> line.matches("#\\d+ \".*\" virtual.*")).count();
    }
  }

  private List<String> descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc", "" + process, "fd"))) {
      return all.map(Vitals::target).filter(target -> !target.isEmpty()).toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private String jcmd(String... arguments) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<String> command =
        Stream.concat(Stream.of(jcmd, "" + process), Stream.of(arguments)).toList();
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// The sum of the values of a metric's lines.
  private static double sum(String metrics, String start) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static double number(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
