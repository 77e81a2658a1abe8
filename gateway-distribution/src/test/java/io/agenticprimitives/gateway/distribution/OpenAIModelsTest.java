package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `GET /v1/models` with backends of which one is dead and one never answers.
@Execution(ExecutionMode.CONCURRENT)
class OpenAIModelsTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(5);

  private static ScriptedUpstream first;
  private static ScriptedUpstream second;
  private static ScriptedUpstream silent;
  private static GatewayProcess gateway;
  private static ChatClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    first =
        ScriptedUpstream.start()
            .on(
                "GET",
                "/v1/models",
                Script.json(
                    200,
                    "{\"object\":\"list\",\"data\":[{\"id\":\"small-1\",\"object\":\"model\","
                        + "\"created\":1700000000,\"owned_by\":\"maker\",\"context_length\":8192},"
                        + "{\"id\":\"meta/llama-3\"}]}"));
    second =
        ScriptedUpstream.start()
            .on(
                "GET",
                "/v1/models",
                Script.json(200, "{\"data\":[{\"id\":\"small-1\"},{\"id\":\"vendor/big-2\"}]}"));
    silent = ScriptedUpstream.start().onRequest(_ -> Script.of(new Step.Stall()));
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                default: first
                backends:
                  silent: {backend: openai-compatible, config: {base_url: "%s"}}
                  first: {backend: openai-compatible, config: {base_url: "%s"}}
                  dead: {backend: openai-compatible, config: {base_url: "http://127.0.0.1:%d"}}
                  second: {backend: openai-compatible, config: {base_url: "%s"}}
            """
                .replace(
                    "openai-compatible",
                    "io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider")
                .formatted(
                    silent.uri(), first.uri(), ScriptedUpstream.refusedPort(), second.uri()));
    client = new ChatClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    first.close();
    second.close();
    silent.close();
  }

  @Test
  void theListHasTheLivingBackendsInAMomentAndNamesTheOthers() {
    long started = System.nanoTime();
    ChatClient.Reply reply = client.get("/v1/models");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(A_MOMENT);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("object").asText()).isEqualTo("list");
    assertThat(reply.json().path("data").toString())
        .isEqualTo(
            "[{\"id\":\"small-1\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"first\","
                + "\"upstream_owned_by\":\"maker\",\"context_length\":8192},"
                + model("meta/llama-3", "first")
                + ","
                + model("second/small-1", "second")
                + ","
                + model("second/vendor/big-2", "second")
                + "]");
    List<String> missing = new ArrayList<>();
    for (JsonNode backend : reply.json().path("unavailable")) {
      missing.add(backend.path("backend").asText());
      assertThat(backend.path("reason").asText())
          .contains("'" + missing.getLast() + "'")
          .doesNotContain("127.0.0.1", "http", "Exception");
    }
    assertThat(missing).containsExactlyInAnyOrder("silent", "dead");
  }

  private static String model(String id, String owner) {
    return "{\"id\":\"%s\",\"object\":\"model\",\"created\":0,\"owned_by\":\"%s\"}"
        .formatted(id, owner);
  }

  @ParameterizedTest
  @CsvSource({
    "meta/llama-3, meta/llama-3, first",
    "meta%2Fllama-3, meta/llama-3, first",
    "first/meta%2fllama-3, meta/llama-3, first",
    "small-1, small-1, first",
    "second/vendor/big-2, second/vendor/big-2, second",
    "second%2Fvendor%2Fbig-2, second/vendor/big-2, second",
  })
  void aModelIsFoundUnderItsNameHoweverTheSlashesAreWritten(String path, String id, String owner) {
    JsonNode model = client.get("/v1/models/" + path).json();
    assertThat(model.path("id").asText()).isEqualTo(id);
    assertThat(model.path("owned_by").asText()).isEqualTo(owner);
    assertThat(model.path("object").asText()).isEqualTo("model");
  }

  @Test
  void aModelThatIsUnknownIsSaidToBeAndWhoCouldNotBeAsked() {
    ChatClient.Reply reply = client.get("/v1/models/vendor%2Fbig-2");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error().path("code").asText()).isEqualTo("model_not_found");
    assertThat(reply.error().path("param").asText()).isEqualTo("model");
    assertThat(reply.error().path("message").asText()).contains("'vendor/big-2'", "silent", "dead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Provider-LLM", "X-Provider"})
  void theHeaderSelectsABackendWhoseModelsHaveTheirOwnNames(String header) {
    ChatClient.Reply all = client.get("/v1/models", header, "second");
    assertThat(all.header("X-Gateway-Provider")).isEqualTo("second");
    assertThat(all.json().path("data").toString())
        .isEqualTo("[" + model("small-1", "second") + "," + model("vendor/big-2", "second") + "]");
    assertThat(all.json().has("unavailable")).isFalse();

    ChatClient.Reply one = client.get("/v1/models/vendor%2Fbig-2", header, "second");
    assertThat(one.body()).isEqualTo(model("vendor/big-2", "second"));
  }

  @Test
  void aBackendThatIsDeadIsABadGateway() {
    for (String path : List.of("/v1/models", "/v1/models/x")) {
      ChatClient.Reply reply = client.get(path, "X-Provider-LLM", "dead");
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.error().path("type").asText()).isEqualTo("server_error");
      assertThat(reply.error().path("code").asText()).isEqualTo("unreachable");
      assertThat(reply.error().path("message").asText()).contains("'dead'", "refused");
    }
  }

  @Test
  void aBackendThatDoesNotExistIsABadRequest() {
    ChatClient.Reply reply = client.get("/v1/models", "X-Provider-LLM", "nobody");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(reply.error().path("message").asText())
        .contains("nobody", "silent, first, dead, second");
  }
}
