package io.agenticprimitives.gateway.distribution;

import static io.agenticprimitives.gateway.distribution.OpenAIScripts.BROKEN;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.CUT;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.GOOD;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.ask;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.await;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.testkit.Script;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Retry, fallback and circuit breaker as callers see them.
class ResilienceTest {
  private static ModelServer upstream;
  private static GatewayProcess gateway;
  private static NativeClient client;
  private long asked;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = new ModelServer();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                default: retried
                backends:
                  retried: {backend: CLASS, config: {base_url: "URL"}, retry: {max_attempts: 3, base_delay: 1ms}}
                  once: {backend: CLASS, config: {base_url: "URL"}, retry: {max_attempts: 1}}
                  breaking:
                    backend: CLASS
                    config: {base_url: "URL"}
                    retry: {max_attempts: 1}
                    circuit_breaker: {minimum_calls: 4, open_for: 2s, probes: 1}
                  echo: {backend: io.agenticprimitives.gateway.provider.echo.EchoProvider}
                routes:
                  smart: {targets: [{backend: once, model: large}, {backend: echo}]}
            """
                .replace(
                    "CLASS",
                    "io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider")
                .replace("URL", upstream.uri().toString()));
    client = new NativeClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void count() {
    asked = upstream.asked();
  }

  @AfterEach
  void everyRequestWasExpected() {
    assertThat(upstream.failures()).isEmpty();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("").replaceAll("\\d+ms", "TIMEms");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureThatPassesIsNotTheCallersBusiness(boolean streamed) {
    upstream.enqueue(BROKEN, later(503, 0), GOOD);
    HttpResponse<String> response =
        streamed ? client.stream(ask("retried/m")) : client.complete(ask("retried/m"));
    Answer answer = streamed ? Answer.streamed(response) : Answer.whole(response);
    assertThat(answer.text()).isEqualTo("Hello");
    assertThat(header(response, "X-Gateway-Attempts"))
        .startsWith("retried;failed;502;TIMEms, retried;failed;503;TIMEms, retried;");
    await(() -> gateway.output().contains("attempts=\"retried;failed;502;"));
  }

  @Test
  void vectorsAreAskedForAgainToo() {
    String vectors = "{\"data\":[{\"index\":0,\"embedding\":[0.5,1]}],\"model\":\"m\"}";
    upstream.enqueue(BROKEN, Script.json(200, vectors));
    HttpResponse<String> response =
        client.post("/v1/embeddings", "{\"model\":\"retried/m\",\"input\":\"Hi\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("[0.5,1]");
    assertThat(header(response, "X-Gateway-Provider")).isEqualTo("retried");
    assertThat(header(response, "X-Gateway-Attempts"))
        .startsWith("retried;failed;502;TIMEms, retried;finished;TIMEms");
    await(() -> gateway.output().contains("route=embeddings backend=retried"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/llm/completions", "/api/v1/llm/completions/stream"})
  void anotherBackendServesWhatTheFirstCannot(String path) {
    upstream.enqueue(Script.json(404, "{\"error\":{\"message\":\"no such model\"}}"));
    HttpResponse<String> response = client.post(path, ask("smart"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "X-Gateway-Provider")).isEqualTo("echo");
    assertThat(header(response, "X-Gateway-Attempts")).startsWith("once;failed;404;TIMEms, echo;");
    assertThat(upstream.lastBody()).contains("\"model\":\"large\"");
  }

  @Test
  void aBrokenAnswerIsToldAndNotBegunAnew() {
    upstream.enqueue(CUT, CUT);
    for (String model : new String[] {"retried/m", "smart"}) {
      HttpResponse<String> response = client.stream(ask(model));
      Answer answer = Answer.streamed(response);
      assertThat(answer.text()).isEqualTo("Hello");
      assertThat(answer.errorStatus()).isEqualTo(502);
      assertThat(answer.stopReason().asText()).isEqualTo("error");
      assertThat(header(response, "X-Gateway-Attempts")).endsWith(";serving;TIMEms");
    }
    assertThat(upstream.asked() - asked).isEqualTo(2);
    await(() -> gateway.output().contains("attempts=once;cut;502;"));
  }

  @Test
  void anUpstreamIsNotAskedBeforeItWantsToBe() {
    upstream.enqueue(later(429, 1), GOOD);
    long started = System.nanoTime();
    assertThat(Answer.streamed(client.stream(ask("retried/m"))).text()).isEqualTo("Hello");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofSeconds(1));

    upstream.enqueue(later(429, 60));
    HttpResponse<String> told = client.stream(ask("retried/m"));
    assertThat(told.statusCode()).isEqualTo(429);
    assertThat(header(told, "Retry-After")).isEqualTo("60");
    assertThat(upstream.asked() - asked).isEqualTo(3);
  }

  @Test
  void anUpstreamThatKeepsFailingIsLeftAloneAndTriedOutLater() {
    upstream.enqueue(BROKEN, BROKEN, BROKEN, BROKEN);
    for (int i = 0; i < 4; i++) {
      assertThat(client.stream(ask("breaking/m")).statusCode()).isEqualTo(502);
    }
    HttpResponse<String> refused = client.stream(ask("breaking/m"));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("left alone for a moment");
    assertThat(header(refused, "Retry-After")).isIn("1", "2");
    assertThat(header(refused, "X-Gateway-Attempts")).isEqualTo("breaking;shed;503;TIMEms");
    assertThat(client.get("/api/v1/providers/status").body())
        .contains("\"llm/breaking\":{\"circuit_breaker\":\"open\"");
    assertThat(upstream.asked() - asked).isEqualTo(4);

    upstream.enqueue(GOOD, GOOD);
    await(() -> client.stream(ask("breaking/m")).statusCode() == 200);
    assertThat(client.stream(ask("breaking/m")).statusCode()).isEqualTo(200);
    assertThat(client.get("/api/v1/providers/status").body())
        .contains("\"llm/breaking\":{\"circuit_breaker\":\"closed\"");
    assertThat(upstream.asked() - asked).isEqualTo(6);
  }
}
