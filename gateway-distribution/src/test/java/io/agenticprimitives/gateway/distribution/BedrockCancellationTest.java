package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A caller who leaves stops the work of Bedrock, at every stage, streaming or not.
class BedrockCancellationTest {
  /// The gateway itself needs some milliseconds; this is what a busy machine may add.
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final Step HEAD = Step.Respond.chunked(200, ScriptedBedrock.EVENT_STREAM);
  private static final Step JSON = Step.Respond.chunked(200, "application/json");

  private static ScriptedUpstream bedrock;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    bedrock = ScriptedUpstream.start();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                backend: %s
                config: {endpoint_url: "%s", access_key_id: AKIACONFIGURED, secret_access_key: s}
            """
                .formatted(ScriptedBedrock.PROVIDER, bedrock.uri()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    bedrock.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stages")
  void theConnectionToBedrockCloses(String stage, String route, Script script) throws IOException {
    bedrock.enqueue(script);
    RecordedRequest request;
    try (Socket caller = new Socket(gateway.uri().getHost(), gateway.uri().getPort())) {
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(route, BODY.length());
      caller.getOutputStream().write((head + BODY).getBytes(UTF_8));
      request = bedrock.takeRequest(Duration.ofSeconds(10));
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
    Frames hello = new Frames().start().text(0, "Hello");
    Step begun = new Step.Send(hello.bytes());
    byte[] half = Arrays.copyOf(hello.bytes(), hello.bytes().length - 9);
    Payload more = Payload.of(new Frames().text(0, "again ").bytes());
    return Stream.of(
        Arguments.of("stream, before the headers", stream, Script.of(new Step.Stall())),
        Arguments.of("stream, before the first event", stream, Script.of(HEAD, new Step.Stall())),
        Arguments.of(
            "stream, within a frame",
            stream,
            Script.of(HEAD, new Step.Send(half), new Step.Stall())),
        Arguments.of(
            "stream, silent in the middle", stream, Script.of(HEAD, begun, new Step.Stall())),
        Arguments.of(
            "stream, busy in the middle",
            stream,
            Script.of(HEAD, begun, new Step.Repeat(more, Step.Repeat.ENDLESS))),
        Arguments.of("whole, before the headers", whole, Script.of(new Step.Stall())),
        Arguments.of(
            "whole, in the middle",
            whole,
            Script.of(JSON, new Step.Send("{\"output\":"), new Step.Stall())));
  }
}
