package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever an upstream does wrong, the caller is told the truth, and the next caller is served.
class FaultsTest {
  private static final String KEY = "sk-canary-1234567890abcdef";
  private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String CHUNK =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}";
  private static final String FINISH =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
  private static final String ANSWER =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final Step SSE = Step.Respond.chunked(200, "text/event-stream");
  private static final Step JSON = Step.Respond.chunked(200, "application/json");

  private static final AtomicReference<Script> script = new AtomicReference<>();
  private static ScriptedUpstream upstream;
  private static ScriptedUpstream untrusted;
  private static GatewayProcess gateway;
  private static NativeClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start().onRequest(_ -> script.get());
    untrusted = ScriptedUpstream.startTls();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                default: scripted
                backends:
                  scripted: {backend: openai-compatible, config: {base_url: "%s", api_key: "%s"}, timeouts: {first_event: 1s, idle: 1s, total: 3s}, retry: {max_attempts: 1}, circuit_breaker: {enabled: false}}
                  refused: {backend: openai-compatible, config: {base_url: "http://127.0.0.1:%d", api_key: "%s"}}
                  unknown-host: {backend: openai-compatible, config: {base_url: "http://no-such-host.invalid"}}
                  untrusted: {backend: openai-compatible, config: {base_url: "%s"}}
            """
                .replace("openai-compatible", CLASS)
                .formatted(
                    upstream.uri(), KEY, ScriptedUpstream.refusedPort(), KEY, untrusted.uri()));
    client = new NativeClient(gateway.uri());
  }

  private static final String CLASS =
      "io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider";

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    upstream.close();
    untrusted.close();
  }

  /// Whatever happened, the gateway serves the next caller and has not let the key out.
  @AfterEach
  void nothingElseIsHarmed() {
    script.set(Script.json(200, ANSWER));
    assertThat(Answer.whole(client.complete(ASK)).text()).isEqualTo("Hello");
    assertThat(gateway.output()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @MethodSource("unreachable")
  void anUpstreamThatCannotBeReachedIsABadGateway(String backend, String says) {
    for (Answer answer :
        List.of(
            Answer.whole(client.complete(ASK, "X-Provider-LLM", backend)),
            Answer.streamed(client.stream(ASK, "X-Provider-LLM", backend)))) {
      assertThat(answer.errorStatus()).isEqualTo(502);
      assertThat(answer.errorDetail()).contains("'" + backend + "'").contains(says);
      assertThat(answer.errorDetail()).doesNotContain("http://", "127.0.0.1", "Exception", KEY);
    }
  }

  static Stream<Arguments> unreachable() {
    return Stream.of(
        Arguments.of("refused", "refused"),
        Arguments.of("unknown-host", "host"),
        Arguments.of("untrusted", "ca_certificate"));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("errorAnswers")
  void anErrorOfTheUpstreamKeepsItsMessage(
      int upstreamStatus, int callerStatus, String body, String message) {
    String type = body.startsWith("{") ? "application/json" : "text/html";
    script.set(
        Script.bytes(upstreamStatus, type, body.getBytes(UTF_8)).withHeader("Retry-After", "7"));
    for (HttpResponse<String> response : List.of(client.complete(ASK), client.stream(ASK))) {
      assertThat(response.statusCode()).isEqualTo(callerStatus);
      assertThat(NativeClient.json(response.body()).path("detail").asText()).contains(message);
      assertThat(response.body()).doesNotContain("<html", KEY, "Exception");
      if (callerStatus == 429 || callerStatus == 503) {
        assertThat(response.headers().firstValue("Retry-After")).contains("7");
      }
    }
  }

  static Stream<Arguments> errorAnswers() {
    return Stream.of(
        Arguments.of(
            400, 400, "{\"error\":{\"message\":\"bad roles\",\"code\":\"x\"}}", "bad roles"),
        Arguments.of(
            400, 400, "{\"object\":\"error\",\"message\":\"too long\",\"code\":400}", "too long"),
        Arguments.of(404, 404, "{\"error\":\"model 'x' not found\"}", "model 'x' not found"),
        Arguments.of(422, 422, "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"no\"}]}", "no"),
        Arguments.of(401, 502, "{\"error\":{\"message\":\"Wrong key " + KEY + "\"}}", "Wrong key"),
        Arguments.of(403, 502, "{\"message\":\"not for you\"}", "not for you"),
        Arguments.of(408, 504, "{}", "408"),
        Arguments.of(429, 429, "{\"error\":{\"message\":\"slow down\"}}", "slow down"),
        Arguments.of(500, 502, "Internal Server Error", "Internal Server Error"),
        Arguments.of(
            502, 502, "<html><head><title>502 Bad Gateway</title></head></html>", "Bad Gateway"),
        Arguments.of(503, 503, "{\"error\":{\"message\":\"loading\"}}", "loading"),
        Arguments.of(529, 503, "{\"error\":{\"message\":\"overloaded\"}}", "overloaded"),
        Arguments.of(302, 502, "", "302"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenStreams")
  void aBrokenStreamIsNeverAnAnswer(String name, Script answer, int status, String partBefore) {
    script.set(answer);
    Answer streamed = Answer.streamed(client.stream(ASK));
    assertThat(streamed.errorStatus()).isEqualTo(status);
    assertThat(streamed.errorDetail()).isNotBlank().doesNotContain(KEY, "Exception", "http://");
    assertThat(streamed.text()).isEqualTo(partBefore);
    assertThat(streamed.stopReason().asText("error")).isIn("error", "null");

    Answer whole = Answer.whole(client.complete(ASK));
    assertThat(whole.errorStatus()).isEqualTo(status);
    assertThat(whole.errorDetail()).isNotBlank().doesNotContain(KEY, "Exception", "http://");
  }

  static Stream<Arguments> brokenStreams() {
    String deep = "[".repeat(100_000);
    return Stream.of(
        Arguments.of("empty 200", Script.of(SSE, new Step.EndChunks()), 502, ""),
        Arguments.of("no body", Script.bytes(200, "application/json", new byte[0]), 502, ""),
        Arguments.of("error object", Script.json(200, "{\"error\":{\"code\":503}}"), 503, ""),
        Arguments.of("malformed JSON", Script.json(200, "{\"choices\":[{"), 502, ""),
        Arguments.of("not an answer", Script.json(200, "{\"hello\":1}"), 502, ""),
        Arguments.of("plain text", Script.bytes(200, "text/plain", "Hi".getBytes(UTF_8)), 502, ""),
        Arguments.of(
            "error in the stream", Script.sse(CHUNK, "{\"error\":{\"code\":429}}"), 429, "Hello"),
        Arguments.of("malformed chunk", Script.sse(CHUNK, "{\"choices\":["), 502, "Hello"),
        Arguments.of("clean end without finish", Script.sse(CHUNK), 502, "Hello"),
        Arguments.of("closed", Script.of(SSE, send(CHUNK), new Step.Close()), 502, "Hello"),
        Arguments.of("closed at once", Script.of(new Step.Close()), 502, ""),
        Arguments.of("reset at once", Script.of(new Step.Reset()), 502, ""),
        Arguments.of("reset in JSON", Script.of(JSON, send("{"), new Step.Reset()), 502, ""),
        Arguments.of("garbage head", Script.of(new Step.SendRaw("SSH-2.0-x\r\n")), 502, ""),
        Arguments.of("silent", Script.of(new Step.Stall()), 504, ""),
        Arguments.of("silent body", Script.of(SSE, new Step.Stall()), 504, ""),
        Arguments.of("silent inside", Script.of(SSE, send(CHUNK), new Step.Stall()), 504, "Hello"),
        Arguments.of(
            "endless white space",
            Script.of(JSON, new Step.Repeat(" ".repeat(8192), Step.Repeat.ENDLESS)),
            502,
            ""),
        Arguments.of(
            "endless comments",
            Script.of(SSE, new Step.Repeat(": still here\n\n", Step.Repeat.ENDLESS)),
            504,
            ""),
        Arguments.of(
            "100 MB body",
            Script.of(
                JSON,
                send("{\"x\":\""),
                new Step.Repeat("x".repeat(1_000_000), 100),
                new Step.EndChunks()),
            502,
            ""),
        Arguments.of("deep JSON", Script.json(200, "{\"choices\":" + deep), 502, ""),
        Arguments.of("deep chunk", Script.sse(CHUNK, "{\"choices\":" + deep), 502, "Hello"));
  }

  private static Step.Send send(String json) {
    return new Step.Send(json.startsWith("{\"model\"") ? "data: " + json + "\n\n" : json);
  }

  @Test
  void aFinishThatCameCountsEvenIfTheConnectionBreaksAfterIt() {
    script.set(Script.of(SSE, send(CHUNK), send(FINISH), new Step.Close()));
    Answer answer = Answer.streamed(client.stream(ASK));
    assertThat(answer.errorStatus()).isZero();
    assertThat(answer.text()).isEqualTo("Hello");
    assertThat(answer.stopReason().asText()).isEqualTo("end_turn");
  }

  @Test
  void aTenMegabyteLineIsPassedOnOrRefusedButNeverCut() {
    String text = "x".repeat(10_000_000);
    script.set(Script.sse(CHUNK.replace("Hello", text), FINISH, "[DONE]"));
    Answer answer = Answer.streamed(client.stream(ASK));
    assertThat(answer.errorStatus()).isZero();
    assertThat(answer.text()).isEqualTo(text);
  }

  @Test
  void eachFormIsUnderstoodWhereTheOtherWasAskedFor() {
    script.set(Script.json(200, ANSWER));
    assertThat(Answer.streamed(client.stream(ASK)).text()).isEqualTo("Hello");
    script.set(Script.sse(CHUNK, FINISH, "[DONE]"));
    assertThat(Answer.whole(client.complete(ASK)).text()).isEqualTo("Hello");
  }

  @Test
  void aFailureAfterTheFirstEventIsAnEventAndACleanEnd() {
    script.set(Script.sse(CHUNK, "{\"error\":{\"message\":\"broke down\"}}"));
    List<JsonNode> events = NativeClient.events(client.stream(ASK).body());
    assertThat(events.stream().map(event -> event.path("type").asText()))
        .containsExactly("content_delta", "error", "message_stop");
    assertThat(events.get(1).path("status").asInt()).isEqualTo(502);
    assertThat(events.get(1).path("kind").asText()).isEqualTo("upstream_failure");
    assertThat(events.get(1).path("detail").asText()).contains("broke down");
    assertThat(events.get(2).path("stop_reason").asText()).isEqualTo("error");
  }
}
