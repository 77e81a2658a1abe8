package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever Bedrock, or what stands before it, does wrong, the caller is told the truth, and the
/// next caller is served.
class BedrockFaultsTest {
  private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final Step HEAD = BrokenStream.HEAD;
  private static final Step JSON = Step.Respond.chunked(200, "application/json");
  private static final Step END = BrokenStream.END;

  private static ScriptedBedrock bedrock;
  private static GatewayProcess gateway;
  private static NativeClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    bedrock = new ScriptedBedrock();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                default: aws
                backends:
                  aws: {backend: PROVIDER, config: {endpoint_url: "%1$s"}, EACH_FAULT_ONCE}
                  impatient: {backend: PROVIDER, config: {endpoint_url: "%1$s"}, timeouts: {first_event: 1s, idle: 1s, total: 3s}, EACH_FAULT_ONCE}
                  refused: {backend: PROVIDER, config: {endpoint_url: "http://127.0.0.1:%2$d"}}
                  unknown-host: {backend: PROVIDER, config: {endpoint_url: "http://no-such-host.invalid"}}
            """
                .replace("PROVIDER", ScriptedBedrock.PROVIDER)
                .replace(
                    "EACH_FAULT_ONCE",
                    "retry: {max_attempts: 1}, circuit_breaker: {enabled: false}")
                .formatted(bedrock.uri(), ScriptedUpstream.refusedPort()));
    client = new NativeClient(gateway.uri());
  }

  /// After all that happened the gateway serves, and has told no secret to its log.
  @AfterAll
  static void stop() {
    ScriptedBedrock.Caller next =
        bedrock.caller(
            ScriptedBedrock.stream(
                new Frames().start().text(0, "Hello").blockStop(0).stop("end_turn").metadata()));
    assertThat(Answer.streamed(client.stream(ASK, next.headers())).text()).isEqualTo("Hello");
    assertThat(gateway.output()).doesNotContain("secret/of+caller").doesNotContain("\tat ");
    client.close();
    gateway.close();
    bedrock.close();
  }

  static List<BrokenStream> brokenStreams() {
    return BrokenStream.all();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("brokenStreams")
  void aBrokenStreamIsNeverAnAnswer(BrokenStream broken) {
    HttpResponse<String> response = client.stream(ASK, bedrock.caller(broken.script()).headers());
    Answer streamed = Answer.streamed(response);
    assertThat(response.statusCode()).isEqualTo(broken.text().isEmpty() ? broken.status() : 200);
    assertTold(streamed, broken.status(), broken.says());
    if (!broken.text().isEmpty()) {
      assertThat(streamed.text()).isEqualTo(broken.text());
      assertThat(streamed.errorKind()).isEqualTo(broken.kind());
      List<JsonNode> events = NativeClient.events(response.body());
      assertThat(events.getLast().path("stop_reason").asText()).isEqualTo("error");
      assertThat(events.get(events.size() - 2).path("type").asText()).isEqualTo("error");
      assertThat(streamed.calls().stream().filter(call -> !call.input().isMissingNode())).isEmpty();
    }

    // The same body where a whole answer was asked for.
    assertTold(
        Answer.whole(client.complete(ASK, bedrock.caller(broken.script()).headers())),
        broken.status(),
        broken.says());
  }

  private static void assertTold(Answer answer, int status, String says) {
    assertThat(answer.errorStatus()).isEqualTo(status);
    assertThat(answer.errorDetail())
        .contains(says)
        .doesNotContain("secret", "AKIA", "http://", "127.0.0.1", "java.", "<html");
  }

  static Stream<Arguments> brokenConnections() {
    byte[] json = "{\"output\":{\"message\":".getBytes(UTF_8);
    return Stream.of(
        Arguments.of("reset at once", "aws", Script.of(new Step.Reset()), 502),
        Arguments.of("closed at once", "aws", Script.of(new Step.Close()), 502),
        Arguments.of(
            "reset in a frame",
            "aws",
            BrokenStream.cut(BrokenStream.hello(), 5, new Step.Reset()),
            502),
        Arguments.of(
            "reset in JSON", "aws", Script.of(JSON, new Step.Send(json), new Step.Reset()), 502),
        Arguments.of("half JSON", "aws", Script.of(JSON, new Step.Send(json), END), 502),
        Arguments.of("not an answer", "aws", Script.json(200, "{\"hello\":1}"), 502),
        Arguments.of("no HTTP", "aws", Script.of(new Step.SendRaw("SSH-2.0-x\r\n")), 502),
        Arguments.of(
            "HTML with status 200",
            "aws",
            Script.bytes(200, "text/html", "<html><title>Sign in</title></html>".getBytes(UTF_8)),
            502),
        Arguments.of("refused", "refused", Script.of(new Step.Reset()), 502),
        Arguments.of("unknown host", "unknown-host", Script.of(new Step.Reset()), 502),
        Arguments.of("silent", "impatient", Script.of(new Step.Stall()), 504),
        Arguments.of("silent body", "impatient", Script.of(HEAD, new Step.Stall()), 504),
        Arguments.of(
            "endless white space",
            "aws",
            Script.of(JSON, new Step.Repeat(" ".repeat(8192), Step.Repeat.ENDLESS)),
            502));
  }

  @ParameterizedTest(name = "{0}")
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("brokenConnections")
  void aBrokenConnectionIsNamedWithItsBackend(
      String name, String backend, Script script, int status) {
    for (String path : List.of("/api/v1/llm/completions", "/api/v1/llm/completions/stream")) {
      String[] headers = bedrock.caller(script).headers("X-Provider-LLM", backend);
      Answer answer = Answer.streamed(client.post(path, ASK, headers));
      assertTold(answer, status, "");
      assertThat(answer.errorDetail()).containsAnyOf("'" + backend + "'", "Bedrock");
    }
  }

  @Test
  void silenceInsideAStreamIsATimeOut() {
    Script script = Script.of(HEAD, new Step.Send(BrokenStream.hello().bytes()), new Step.Stall());
    String[] headers = bedrock.caller(script).headers("X-Provider-LLM", "impatient");
    Answer answer = Answer.streamed(client.stream(ASK, headers));
    assertThat(answer.text()).isEqualTo("Hello");
    assertThat(answer.errorKind()).isEqualTo("timeout");
    assertTold(answer, 504, "idle");
  }

  @ParameterizedTest(name = "{0}")
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("errorAnswers")
  void anErrorKeepsBedrocksWords(String name, Script script, int status, String says) {
    for (String path : List.of("/api/v1/llm/completions", "/api/v1/llm/completions/stream")) {
      HttpResponse<String> response = client.post(path, ASK, bedrock.caller(script).headers());
      assertThat(response.statusCode()).isEqualTo(status);
      assertTold(Answer.whole(response), status, says);
      assertThat(response.headers().firstValue("Retry-After").isPresent())
          .isEqualTo(name.contains("come back"));
    }
  }

  static Stream<Arguments> errorAnswers() {
    String page = "<html><head><title>503 Service Temporarily Unavailable</title></head></html>";
    String expired = "The security token included in the request is expired";
    return Stream.of(
        answered("throttled", 429, "ThrottlingException", "Too many requests", 429),
        answered("not ready", 429, "ModelNotReadyException", "The model is loading", 429),
        Arguments.of(
            "come back",
            ScriptedBedrock.error(429, "ThrottlingException", "Slow")
                .withHeader("Retry-After", "7"),
            429,
            "Slow"),
        answered("no capacity", 503, "ServiceUnavailableException", "No capacity", 503),
        answered("time-out of the model", 408, "ModelTimeoutException", "Took too long", 504),
        answered("model error", 424, "ModelErrorException", "The model failed", 502),
        answered("internal", 500, "InternalServerException", "Internal", 502),
        answered("wrong request", 400, "ValidationException", "temperature: 0 to 1", 400),
        answered("no such model", 404, "ResourceNotFoundException", "end of its life", 404),
        answered("not permitted", 403, "AccessDeniedException", "not authorized", 502),
        answered("expired", 403, "ExpiredTokenException", expired, 502),
        answered("unknown key", 403, "UnrecognizedClientException", "token is invalid", 502),
        Arguments.of(
            "load balancer's page",
            Script.bytes(503, "text/html", page.getBytes(UTF_8)),
            503,
            "503 Service Temporarily Unavailable"),
        Arguments.of("no body", Script.bytes(502, "text/plain", new byte[0]), 502, "502"),
        Arguments.of("redirect", Script.json(307, "{}").withHeader("Location", "/x"), 502, "307"));
  }

  private static Arguments answered(
      String name, int upstream, String type, String message, int status) {
    return Arguments.of(name, ScriptedBedrock.error(upstream, type, message), status, message);
  }

  @Test
  void whoseKeysWereRefusedIsSaid() {
    Script expired = ScriptedBedrock.error(403, "ExpiredTokenException", "The token is expired");
    Answer answer = Answer.whole(client.complete(ASK, bedrock.caller(expired).headers()));
    assertThat(answer.errorDetail())
        .isEqualTo(
            "Backend 'aws': AWS refuses the credentials that came with the call (403"
                + " ExpiredTokenException): The token is expired");
  }

  @Test
  void aWrongSecretIsAWrongSignature() {
    ScriptedBedrock.Caller caller = bedrock.caller(ScriptedBedrock.stream(BrokenStream.hello()));
    String[] headers = caller.headers();
    headers[3] = "secret/of+nobody";
    HttpResponse<String> response = client.complete(ASK, headers);
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body())
        .contains("(403 InvalidSignatureException): The request signature does not match.")
        .doesNotContain("secret/of+nobody", caller.keyId());
    assertThat(caller.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStopThatCameCountsEvenIfTheConnectionBreaksAfterIt(boolean reset) {
    Script script =
        Script.of(
            HEAD,
            new Step.Send(BrokenStream.hello().blockStop(0).stop("end_turn").bytes()),
            reset ? new Step.SendRaw("zz\r\n") : new Step.Close());
    Answer answer = Answer.streamed(client.stream(ASK, bedrock.caller(script).headers()));
    assertThat(answer.errorStatus()).isZero();
    assertThat(answer.text()).isEqualTo("Hello");
    assertThat(answer.stopReason().asText()).isEqualTo("end_turn");
    assertThat(answer.usage()).isEmpty();
  }
}
