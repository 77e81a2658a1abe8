package io.agenticprimitives.gateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.server.Main;
import io.agenticprimitives.gateway.server.testing.ScriptedPlugin;
import io.agenticprimitives.gateway.server.testing.StallingProvider;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service manager sees: a process that starts, says so, and ends on SIGTERM.
class SignalTest {
  private static final Pattern READY = Pattern.compile("ready on (http://127\\.0\\.0\\.1:\\d+)");

  @TempDir Path directory;

  private Process start(String format) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("test.yaml"),
            """
            server: {port: 0, stop_timeout: 100ms}
            logging: {format: %s}
            providers: {llm: {backend: %s}}
            """
                .formatted(format, StallingProvider.class.getName()));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--config",
            file.toString(),
            "--plugins",
            ScriptedPlugin.directory().toString())
        .redirectErrorStream(true)
        .start();
  }

  private static URI awaitReady(BufferedReader output) throws Exception {
    StringBuilder all = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      all.append(line).append('\n');
      Matcher ready = READY.matcher(line.replace("\\/", "/"));
      if (ready.find()) {
        return URI.create(ready.group(1));
      }
    }
    throw new AssertionError("It does not start:\n" + all);
  }

  private static int terminate(Process process) throws InterruptedException {
    // Process.destroy() would also close the streams that are still to be read.
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void anIdleGatewayEndsWithZero(String format) throws Exception {
    Process process = start(format);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      awaitReady(output);
      assertThat(terminate(process)).isZero();
      assertThat(output.lines()).anyMatch(line -> line.contains("stopped"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aCallThatDoesNotFinishIsToldAndTheExitCodeSaysSo() throws Exception {
    Process process = start("text");
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(awaitReady(output).resolve("/api/v1/llm/completions/stream"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":[]}"))
              .build();
      try (Stream<String> lines =
          client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
        Iterator<String> events = lines.iterator();
        assertThat(events.next()).contains("\"delta\":\"Hm\"");
        assertThat(terminate(process)).isEqualTo(3);
        assertThat(events.next()).isEmpty();
        assertThat(events.next()).contains("\"kind\":\"unavailable\"", "shut down");
        assertThat(events.next()).isEmpty();
        assertThat(events.next()).contains("message_stop", "\"stop_reason\":\"error\"");
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
