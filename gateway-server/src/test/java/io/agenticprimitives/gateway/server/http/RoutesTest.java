package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    Map<String, LlmBackend> backends = new LinkedHashMap<>();
    backends.put(
        "main", FakeModel.answering(Events.started(), Events.text("Four."), Events.finished()));
    backends.put("other", FakeModel.listing(_ -> List.of(ModelInfo.of("a"), ModelInfo.of("b/c"))));
    server = ServerUnderTest.start(backends, _ -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "/healthz | {\"status\":\"ok\"}",
        "/readyz | {\"status\":\"ok\",\"checks\":{\"llm/main\":\"ok\",\"llm/other\":\"ok\"},"
            + "\"load\":{\"llm/main\":{\"circuit_breaker\":\"closed\",\"in_flight\":0,\"queued\":0},"
            + "\"llm/other\":{\"circuit_breaker\":\"closed\",\"in_flight\":0,\"queued\":0}}}",
        "/api/v1/providers | {\"llm\":{\"default\":\"main\",\"available\":[\"main\",\"other\"]}}",
        "/api/v1/providers/status | {\"checks\":{\"llm/main\":\"ok\",\"llm/other\":\"ok\"},"
            + "\"load\":{\"llm/main\":{\"circuit_breaker\":\"closed\",\"in_flight\":0,\"queued\":0},"
            + "\"llm/other\":{\"circuit_breaker\":\"closed\",\"in_flight\":0,\"queued\":0}}}",
        "/auth/config | {\"backend\":\"noop\"}",
        "/api/v1/auth/whoami | {\"id\":\"noop\",\"type\":\"user\",\"is_admin\":true,\"groups\":[],"
            + "\"scopes\":[\"admin\"]}",
        "/healthz/ | {\"status\":\"ok\"}",
        "/healthz?probe=1 | {\"status\":\"ok\"}",
      })
  void operationsAnswer(String path, String body) throws Exception {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().map().keySet()).doesNotContain("server");
  }

  @Test
  void aCompletionIsOneJsonObjectAndTellsWhoServedIt() throws Exception {
    HttpResponse<String> response = server.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Gateway-Provider")).contains("main");
    assertThat(response.body())
        .isEqualTo(
            "{\"model\":\"small-1\",\"content\":\"Four.\",\"usage\":{\"input_tokens\":9,"
                + "\"output_tokens\":3},\"metadata\":{\"upstream_stop_reason\":\"stop\"},"
                + "\"tool_calls\":null,\"stop_reason\":\"end_turn\"}");
  }

  @Test
  void theModelsOfTheSelectedBackendAreListed() throws Exception {
    HttpResponse<String> response =
        server.get("/api/v1/llm/models", "X-Provider-LLM", "other", "X-Provider", "main");
    assertThat(response.headers().firstValue("X-Gateway-Provider")).contains("other");
    assertThat(response.body())
        .matches(
            "\\{\"models\":\\[\\{\"name\":\"a\",\"provider\":\"\\w+\",\"capabilities\":"
                + "\\[\"chat\",\"tool_use\"]},\\{\"name\":\"b/c\",.*");
    assertThat(server.get("/api/v1/llm/models", "X-Provider", "other").body()).contains("b/c");
  }

  @ParameterizedTest
  @ValueSource(strings = {ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM})
  void anUnknownBackendIsTheCallersErrorAndTheBackendsAreNamed(String path) throws Exception {
    HttpResponse<String> response =
        server.post(path, ServerUnderTest.HELLO, "X-Provider-LLM", "x\"y");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo("{\"detail\":\"Unknown llm provider 'x\\\"y'. Available: main, other\"}");
    assertThat(response.headers().firstValue("X-Gateway-Provider")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404, Not Found, ''",
    "POST, /, 404, Not Found, ''",
    "GET, /api/v1/llm/models/a%2Fb, 404, Not Found, ''",
    "GET, /healthz/../api/v1/llm/models, 404, Not Found, ''",
    "GET, /api/v1/llm/completions, 405, Method Not Allowed, POST",
    "GET, /api/v1/llm/completions/, 405, Method Not Allowed, POST",
    "OPTIONS, /api/v1/llm/completions, 405, Method Not Allowed, POST",
    "DELETE, /healthz, 405, Method Not Allowed, 'GET, HEAD'",
  })
  void whatIsNotThereIsSaidInTheFormOfAllErrors(
      String method, String path, int status, String detail, String allow) throws Exception {
    try (RawConnection connection = server.connect()) {
      connection.send("%s %s HTTP/1.1\r\nHost: g\r\n\r\n".formatted(method, path));
      String answer = connection.readAnswer();
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("\r\nX-Request-Id: ", "\r\nX-Correlation-Id: ")
          .endsWith("\r\n\r\n{\"detail\":\"" + detail + "\"}")
          .doesNotContainIgnoringCase("javalin", "jetty");
      assertThat(answer.contains("\r\nAllow: " + allow + "\r\n")).isEqualTo(!allow.isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /api/%zz HTTP/1.1', 400, Bad Request",
    "'GET /../../etc/passwd HTTP/1.1', 400, Bad Request",
    "'NONSENSE', 400, Bad Request",
    "'GET / HTTP/9.1', 505, HTTP Version Not Supported",
  })
  void evenARequestThatIsNoneIsAnsweredInTheFormOfAllErrors(String line, int status, String detail)
      throws Exception {
    try (RawConnection connection = server.connect()) {
      connection.send(line + "\r\nHost: g\r\n\r\n");
      assertThat(connection.readAnswer())
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("\r\nX-Request-Id: ", "\r\nX-Correlation-Id: ")
          .endsWith("\r\n\r\n{\"detail\":\"" + detail + "\"}")
          .doesNotContainIgnoringCase("javalin", "jetty");
    }
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws Exception {
    try (RawConnection connection = server.connect()) {
      connection.send("GET /healthz HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
      assertThat(connection.readAnswer())
          .startsWith("HTTP/1.1 431 ")
          .contains("\r\nX-Request-Id: ")
          .endsWith("{\"detail\":\"Request Header Fields Too Large\"}");
    }
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws Exception {
    try (RawConnection connection = server.connect()) {
      connection.send("HEAD /healthz HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");
      assertThat(connection.readToEnd())
          .startsWith("HTTP/1.1 200 ")
          .contains("\r\nContent-Length: 15\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void aTrailingSlashIsServedAndNotRedirected() throws Exception {
    HttpResponse<String> response =
        server.post(ServerUnderTest.COMPLETIONS + "/", ServerUnderTest.HELLO);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("Four.");
  }

  @Test
  void anUpgradeToHttp2IsIgnored() throws Exception {
    try (RawConnection connection = server.connect()) {
      connection.post(
          ServerUnderTest.COMPLETIONS,
          ServerUnderTest.HELLO,
          "Connection: Upgrade, HTTP2-Settings",
          "Upgrade: h2c",
          "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ").contains("Four.");
    }
  }

  @Test
  void theBodysTypeDoesNotMatter() throws Exception {
    assertThat(
            server
                .post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO, "Content-Type", "text/x")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void compressionIsNeverUsed() throws Exception {
    HttpResponse<String> response =
        server.post(
            ServerUnderTest.STREAM, ServerUnderTest.HELLO, "Accept-Encoding", "gzip, br, deflate");
    assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(response.body()).startsWith("data: {");
  }
}
