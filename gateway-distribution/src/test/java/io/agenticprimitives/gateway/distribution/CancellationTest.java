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
import org.junit.jupiter.params.provider.MethodSource;

/// A caller who leaves stops the work upstream, at every stage, streaming or not, on every route.
class CancellationTest {
  /// The gateway itself needs some milliseconds; this is what a busy machine may add. The list of
  /// all models gives slow backends up by itself, but only after two seconds.
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAMED_BODY = BODY.replace("]}", "],\"stream\":true}");
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

  /// @param request as it is written to the gateway
  /// @param answersFirst whether the caller leaves after the first bytes of its answer have come
  record Stage(String name, String request, boolean answersFirst, Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void theUpstreamConnectionCloses(Stage stage) throws IOException {
    upstream.enqueue(stage.script());
    RecordedRequest request;
    try (Socket caller = new Socket(gateway.uri().getHost(), gateway.uri().getPort())) {
      caller.getOutputStream().write(stage.request().getBytes(UTF_8));
      request = upstream.takeRequest(Duration.ofSeconds(10));
      if (stage.answersFirst()) {
        // They have come all the way.
        assertThat(caller.getInputStream().read()).isEqualTo('H');
      }
    }
    assertThat(request.awaitPeerClosed(AT_ONCE)).isLessThan(AT_ONCE);
  }

  static Stream<Stage> stages() {
    return Stream.of(
            streamed("native", post("/api/v1/llm/completions/stream", BODY)),
            whole("native", post("/api/v1/llm/completions", BODY)),
            listed("native", "/api/v1/llm/models"),
            streamed("chat", post("/v1/chat/completions", STREAMED_BODY)),
            whole("chat", post("/v1/chat/completions", BODY)),
            listed("all", "/v1/models"),
            listed("one of all", "/v1/models/m"))
        .flatMap(stages -> stages);
  }

  private static Stream<Stage> streamed(String api, String request) {
    Step chunk = new Step.Send(CHUNK);
    Script busy = Script.of(SSE, new Step.Repeat(CHUNK, Step.Repeat.ENDLESS));
    return Stream.of(
        new Stage(api + " stream, before the answer", request, false, Script.of(new Step.Stall())),
        new Stage(
            api + " stream, before the first event",
            request,
            false,
            Script.of(SSE, new Step.Stall())),
        new Stage(
            api + " stream, silent in the middle",
            request,
            true,
            Script.of(SSE, chunk, new Step.Stall())),
        new Stage(api + " stream, busy in the middle", request, true, busy));
  }

  private static Stream<Stage> whole(String api, String request) {
    return Stream.of(
        new Stage(api + " whole, before the answer", request, false, Script.of(new Step.Stall())),
        new Stage(
            api + " whole, in the middle",
            request,
            false,
            Script.of(JSON, new Step.Send("{\"choices\":"), new Step.Stall())));
  }

  private static Stream<Stage> listed(String api, String path) {
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    return Stream.of(
        new Stage(api + " models, before the list", request, false, Script.of(new Step.Stall())),
        new Stage(
            api + " models, in the middle",
            request,
            false,
            Script.of(JSON, new Step.Send("{\"data\":["), new Step.Stall())));
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }
}
