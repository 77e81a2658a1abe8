package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many slow streams at once in a small heap.
class ManyBedrockStreamsTest {
  private static final int STREAMS = 500;
  private static final int PIECES = 40;
  private static final int PIECE_LENGTH = 4000;

  /// All wait in the middle until all have begun; then each gets more than a heap has place for if
  /// it were kept: 80 MB in all, twice (as it comes and as it goes).
  @Test
  void fiveHundredSlowStreamsFitIntoASmallHeap(@TempDir Path directory) throws Exception {
    Gate gate = new Gate();
    CountDownLatch begun = new CountDownLatch(STREAMS);
    try (ScriptedUpstream bedrock = ScriptedUpstream.start().onRequest(_ -> slow(gate));
        GatewayProcess gateway = start(directory, bedrock.uri());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reading>> readings = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        readings.add(threads.submit(() -> read(client, gateway.uri(), begun)));
      }
      assertThat(begun.await(90, TimeUnit.SECONDS)).as(gateway.output()).isTrue();
      assertThat(bedrock.connectionsOpen()).isEqualTo(STREAMS);
      gate.open();
      for (Future<Reading> reading : readings) {
        assertThat(reading.get(90, TimeUnit.SECONDS))
            .isEqualTo(new Reading(5 + (long) PIECES * PIECE_LENGTH, "end_turn", "metadata"));
      }
      assertThat(gateway.process().isAlive()).isTrue();
      // The last one counts.
      assertThat(List.of(gateway.process().info().arguments().orElseThrow()))
          .filteredOn(argument -> argument.startsWith("-Xmx"))
          .last()
          .isEqualTo("-Xmx256m");
      assertThat(gateway.output()).doesNotContain("OutOfMemory");
    }
  }

  private static GatewayProcess start(Path directory, URI bedrock) throws Exception {
    return GatewayProcess.startWith(
        Map.of("GATEWAY_JAVA_OPTS", "-Xmx256m"),
        directory,
        """
        providers:
          llm:
            backend: %s
            config: {endpoint_url: "%s", access_key_id: AKIACONFIGURED, secret_access_key: s}
            timeouts: {first_event: 120s, idle: 120s}
        """
            .formatted(ScriptedBedrock.PROVIDER, bedrock));
  }

  private static Script slow(Gate gate) {
    Payload piece = Payload.of(new Frames().text(0, "x".repeat(PIECE_LENGTH)).bytes());
    return Script.of(
        Step.Respond.chunked(200, ScriptedBedrock.EVENT_STREAM),
        new Step.Send(new Frames().start().text(0, "Hello").bytes()),
        new Step.AwaitGate(gate),
        new Step.Repeat(piece, PIECES),
        new Step.Send(new Frames().blockStop(0).stop("end_turn").metadata().bytes()),
        new Step.EndChunks());
  }

  /// What a caller got: how much text, why it ended, and the last event.
  private record Reading(long textLength, String stopReason, String last) {}

  private static Reading read(HttpClient client, URI gateway, CountDownLatch begun)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/api/v1/llm/completions/stream"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
            .build();
    long length = 0;
    String stopReason = "";
    String last = "";
    try (Stream<String> lines = client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      Iterator<String> each = lines.filter(line -> line.startsWith("data: ")).iterator();
      while (each.hasNext()) {
        var event = NativeClient.json(each.next().substring("data: ".length()));
        last = event.path("type").asText();
        switch (last) {
          case "content_delta" -> {
            length += event.path("delta").asText().length();
            begun.countDown();
          }
          case "message_stop" -> stopReason = event.path("stop_reason").asText();
          default -> {}
        }
      }
    }
    return new Reading(length, stopReason, last);
  }
}
