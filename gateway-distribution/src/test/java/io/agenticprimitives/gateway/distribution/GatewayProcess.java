package io.agenticprimitives.gateway.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The assembled distribution, run as operators run it.
final class GatewayProcess implements AutoCloseable {
  static final Path DISTRIBUTION = Path.of(System.getProperty("distribution.directory"));

  private static final Pattern URL = Pattern.compile("http://[^ ]+:\\d+");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final CountDownLatch outputEnded = new CountDownLatch(1);

  private GatewayProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::readOutput);
  }

  /// Starts the gateway on a free port and waits until it is ready.
  static GatewayProcess start(
      Map<String, String> environment, Path directory, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--port", "0"));
    GatewayProcess gateway =
        new GatewayProcess(launch(environment, directory, all.toArray(String[]::new)));
    gateway.uri();
    return gateway;
  }

  /// Starts the gateway with a configuration of this text.
  static GatewayProcess startWith(Path directory, String yaml) throws IOException {
    return startWith(Map.of(), directory, yaml);
  }

  /// Starts the gateway with a configuration of this text and these environment variables.
  static GatewayProcess startWith(Map<String, String> environment, Path directory, String yaml)
      throws IOException {
    Path file = Files.writeString(directory.resolve("gateway-under-test.yaml"), yaml);
    return start(environment, directory, "--config", file.toString());
  }

  /// What a command printed and how it ended.
  record Result(int exitCode, String output) {}

  /// Runs the gateway's command to its end.
  static Result run(Map<String, String> environment, Path directory, String... arguments)
      throws Exception {
    Process process = launch(environment, directory, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static Process launch(
      Map<String, String> environment, Path directory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(DISTRIBUTION.resolve("bin/gateway").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> !List.of("PATH", "HOME").contains(name));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        synchronized (output) {
          output.add(line);
          output.notifyAll();
        }
        Matcher url = URL.matcher(line);
        if (line.contains("ready") && url.find()) {
          ready.complete(URI.create(url.group()));
        }
      }
    } catch (IOException ended) {
      // The process is gone; what it said is kept.
    } finally {
      outputEnded.countDown();
    }
    ready.completeExceptionally(
        new IllegalStateException("The gateway did not start:\n" + output()));
  }

  /// Where it listens.
  URI uri() {
    return ready.orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /// All that it printed so far.
  String output() {
    return String.join("\n", output);
  }

  /// Waits until it has printed a text, now or before.
  ///
  /// @return the line that has it
  String awaitOutput(String text) throws InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    synchronized (output) {
      while (true) {
        var found = output.stream().filter(line -> line.contains(text)).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("It does not say '" + text + "':\n" + output());
        }
        TimeUnit.NANOSECONDS.timedWait(output, left);
      }
    }
  }

  /// Sends a signal by its name, `HUP` for instance.
  void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int code = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill ended with " + code);
    }
  }

  Process process() {
    return process;
  }

  /// Asks it to stop, as a service manager does, and waits for the end.
  int stop() throws InterruptedException {
    // Not Process.destroy(), which also closes its output, and so loses its last words.
    process.toHandle().destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It does not stop:\n" + output());
    }
    // What it said last may still be on its way here.
    if (!outputEnded.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Its output does not end:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
