package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What SDKs of OpenAI rely on beside the answers: statuses, the form of errors, and headers, on a
/// gateway that knows its callers by their keys.
class ChatRouteTest {
  private static final String KEY = "sk-backend-1234567890abcdef";
  private static final String CALLER = "sk-caller-1234567890abcdef";
  private static final String BEARER = "Bearer " + CALLER;
  private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = ASK.replace("]}", "],\"stream\":true}");
  private static final String CHUNK =
      "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}";
  private static final String FINISH =
      "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";
  private static final String ANSWER =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}]}";

  private static ScriptedUpstream upstream;
  private static GatewayProcess gateway;
  private static ChatClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = ScriptedUpstream.start();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            server: {max_request_size: 1MB}
            auth: {backend: api_key, api_keys: [{key: "%s", principal_id: team}]}
            providers:
              llm:
                backends:
                  main:
                    backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                    config: {base_url: "%s", api_key: "%s"}
                    retry: {max_attempts: 1}
                default: main
            """
                .formatted(CALLER, upstream.uri(), KEY));
    client = new ChatClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    upstream.close();
  }

  private static ChatClient.Reply chat(String body, String... headers) {
    String[] all =
        Stream.concat(Stream.of("Authorization", BEARER), Stream.of(headers))
            .toArray(String[]::new);
    return client.chat(body, all);
  }

  private static void assertError(ChatClient.Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("X-Request-Id")).isNotEmpty();
    assertThat(reply.json()).hasSize(1);
    assertThat(reply.error().path("message").asText()).isNotBlank();
    assertThat(reply.error().path("type").asText()).isEqualTo(type);
    assertThat(reply.error().has("code")).isTrue();
    assertThat(reply.error().has("param")).isTrue();
    assertThat(reply.body()).doesNotContain(KEY, CALLER, "Exception", "127.0.0.1");
  }

  @Test
  void theKeyOfTheCallerIsForTheGatewayAndThatOfTheBackendForTheUpstream() {
    upstream.enqueue(Script.json(200, ANSWER), Script.json(200, ANSWER));
    assertThat(chat(ASK).status()).isEqualTo(200);
    assertThat(client.chat(ASK, "X-Api-Key", CALLER).status()).isEqualTo(200);
    for (int i = 0; i < 2; i++) {
      RecordedRequest sent = upstream.takeRequest(Duration.ofSeconds(5));
      assertThat(sent.headers("Authorization")).containsExactly("Bearer " + KEY);
      assertThat(sent.headers().toString() + sent.bodyText()).doesNotContain(CALLER);
    }
  }

  @Test
  void aCallerWithoutAKeyIsToldSoInOpenAIsForm() {
    for (ChatClient.Reply reply :
        List.of(
            client.chat(ASK),
            client.chat(STREAM, "Authorization", "Bearer wrong"),
            client.get("/v1/models"),
            client.get("/v1/models/m", "X-Api-Key", "wrong"))) {
      assertError(reply, 401, "authentication_error");
      assertThat(reply.error().path("code").asText()).isEqualTo("invalid_api_key");
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void whatIsNotServedIsSaidInOpenAIsForm() {
    assertError(client.get("/v1/nothing", "Authorization", BEARER), 404, "invalid_request_error");
    ChatClient.Reply wrongMethod = client.get("/v1/chat/completions", "Authorization", BEARER);
    assertError(wrongMethod, 405, "invalid_request_error");
    assertThat(wrongMethod.header("Allow")).contains("POST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Hello||JSON",
        "``||Field required",
        "[]||dictionary",
        "{}|messages|'messages': Field required",
        "{\"messages\":[],\"temperature\":\"hot\"}|temperature|'temperature'",
        "{\"messages\":[],\"stream\":\"yes\"}|stream|'stream'",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},7]}|messages[1]|'messages[1]'",
      })
  void aWrongBodyIsABadRequestThatNamesTheField(String body, String parameter, String says) {
    ChatClient.Reply reply = chat(body);
    assertError(reply, 400, "invalid_request_error");
    assertThat(reply.error().path("param").asText(null)).isEqualTo(parameter);
    assertThat(reply.error().path("message").asText()).contains(says);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    ChatClient.Reply reply = chat(ASK.replace("Hi", "x".repeat(2_000_000)));
    assertError(reply, 413, "invalid_request_error");
    assertThat(reply.error().path("message").asText()).contains("1 MB");
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void adjustmentsAreInTheHeaderAndInTheBody(boolean stream) {
    upstream.enqueue(stream ? Script.sse(CHUNK, FINISH, "[DONE]") : Script.json(200, ANSWER));
    ChatClient.Reply reply = chat(withTwoLimits(stream));
    JsonNode body = stream ? reply.chunks().getLast() : reply.json();
    assertThat(body.path("adjustments").path(0).path("path").asText()).isEqualTo("max_tokens");
    assertThat(NativeClient.json(reply.header("X-Gateway-Adjustments")))
        .isEqualTo(body.path("adjustments"));
    assertThat(reply.header("X-Gateway-Provider")).isEqualTo("main");
    upstream.takeRequest(Duration.ofSeconds(5));
  }

  private static String withTwoLimits(boolean stream) {
    return (stream ? STREAM : ASK)
        .replace("{\"messages\"", "{\"max_tokens\":5,\"max_completion_tokens\":6,\"messages\"");
  }

  @Test
  void strictModeNamesTheFieldThatCannotBeTaken() {
    for (boolean stream : new boolean[] {false, true}) {
      ChatClient.Reply reply = chat(withTwoLimits(stream), "X-Gateway-Mode", "strict");
      assertError(reply, 400, "invalid_request_error");
      assertThat(reply.error().path("param").asText()).isEqualTo("max_tokens");
      assertThat(reply.error().path("message").asText()).contains("max_tokens", "'main'");
    }
  }

  @Test
  void whatTheUpstreamSaysOfItsLimitsIsInTheHeaders() {
    for (Script script :
        List.of(
            Script.json(200, ANSWER),
            Script.sse(CHUNK, FINISH, "[DONE]"),
            Script.json(429, "{\"error\":{\"message\":\"slow\",\"code\":\"tpm\"}}"))) {
      upstream.enqueue(
          script
              .withHeader("x-ratelimit-remaining-requests", "59")
              .withHeader("x-ratelimit-reset-tokens", "6m0s")
              .withHeader("x-request-id", "req-upstream")
              .withHeader("retry-after", "40")
              .withHeader("x-internal", "secret"));
      ChatClient.Reply reply = chat(ASK);
      assertThat(reply.header("x-ratelimit-remaining-requests")).isEqualTo("59");
      assertThat(reply.header("x-ratelimit-reset-tokens")).isEqualTo("6m0s");
      assertThat(reply.header("X-Upstream-Request-Id")).isEqualTo("req-upstream");
      assertThat(reply.header("X-Request-Id")).isNotEqualTo("req-upstream");
      assertThat(reply.header("x-internal")).isEmpty();
      assertThat(reply.header("Retry-After")).isEqualTo(reply.status() == 429 ? "40" : "");
      upstream.takeRequest(Duration.ofSeconds(5));
    }
  }
}
