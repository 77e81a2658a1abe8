package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A caller who leaves stops the work upstream, at every stage, streaming or not.
class CancellationTest {
  /// The gateway itself needs some milliseconds; this is what a busy machine may add.
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String CHUNK =
      "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n";
  private static final Step SSE = Step.Respond.chunked(200, "text/event-stream");
  private static final Step JSON = Step.Respond.chunked(200, "application/json");

  private static ScriptedUpstream upstream;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                config: {base_url: "%s"}
            """
                .formatted(upstream.uri()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    upstream.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stages")
  void theUpstreamConnectionCloses(String stage, String route, Script script) throws IOException {
    upstream.enqueue(script);
    RecordedRequest request;
    try (Socket caller = new Socket(gateway.uri().getHost(), gateway.uri().getPort())) {
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(route, BODY.length());
      caller.getOutputStream().write((head + BODY).getBytes(UTF_8));
      request = upstream.takeRequest(Duration.ofSeconds(10));
      if (route.endsWith("stream") && stage.endsWith("in the middle")) {
        // The first bytes of the answer have come all the way.
        assertThat(caller.getInputStream().read()).isEqualTo('H');
      }
    }
    assertThat(request.awaitPeerClosed(AT_ONCE)).isLessThan(AT_ONCE);
  }

  static Stream<Arguments> stages() {
    String whole = "/api/v1/llm/completions";
    String stream = whole + "/stream";
    Step chunk = new Step.Send(CHUNK);
    return Stream.of(
        Arguments.of("stream, before the answer", stream, Script.of(new Step.Stall())),
        Arguments.of("stream, before the first event", stream, Script.of(SSE, new Step.Stall())),
        Arguments.of(
            "stream, silent in the middle", stream, Script.of(SSE, chunk, new Step.Stall())),
        Arguments.of(
            "stream, busy in the middle",
            stream,
            Script.of(SSE, new Step.Repeat(CHUNK, Step.Repeat.ENDLESS))),
        Arguments.of("whole, before the answer", whole, Script.of(new Step.Stall())),
        Arguments.of(
            "whole, in the middle",
            whole,
            Script.of(JSON, new Step.Send("{\"choices\":"), new Step.Stall())));
  }
}
