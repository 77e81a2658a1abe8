package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.AuthConfig;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    AuthConfig.ApiKey teamA =
        new AuthConfig.ApiKey(
            new Secret("key-a"), "team-a", "service", List.of("z", "b"), List.of("admin", "a"));
    AuthConfig.ApiKey teamB =
        new AuthConfig.ApiKey(new Secret("key-b"), "team-b", "user", List.of(), List.of());
    server =
        ServerUnderTest.start(
            FakeModel.answering(Events.started(), Events.text("Hi"), Events.finished()),
            config ->
                config.auth = new AuthConfig(AuthConfig.Backend.API_KEY, List.of(teamA, teamB)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer key-b",
    "Authorization, bearer key-b",
    "Authorization, 'BEARER   key-b '",
    "X-Api-Key, key-b",
    "X-Api-Key, ' key-b '",
  })
  void aKnownKeyLetsIn(String header, String value) throws Exception {
    assertThat(server.get("/api/v1/auth/whoami", header, value).body())
        .isEqualTo(
            "{\"id\":\"team-b\",\"type\":\"user\",\"is_admin\":false,\"groups\":[],\"scopes\":[]}");
  }

  @Test
  void whoIsAdminByScopeIsToldSo() throws Exception {
    assertThat(server.get("/api/v1/auth/whoami", "X-Api-Key", "key-a").body())
        .isEqualTo(
            "{\"id\":\"team-a\",\"type\":\"service\",\"is_admin\":true,\"groups\":[\"b\",\"z\"],"
                + "\"scopes\":[\"a\",\"admin\"]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key", "key-c", "key-aa", "KEY-A", "team-a"})
  void anUnknownKeyIsRefused(String key) throws Exception {
    for (String header : List.of("X-Api-Key", "Authorization")) {
      HttpResponse<String> response =
          server.get(
              "/api/v1/llm/models", header, header.equals("Authorization") ? "Bearer " + key : key);
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
      assertThat(response.body()).isEqualTo("{\"detail\":\"Invalid or missing credentials\"}");
    }
  }

  @Test
  void aWrongBearerTokenIsFinalAndAnotherSchemeIsNot() throws Exception {
    assertThat(
            server
                .get("/api/v1/auth/whoami", "Authorization", "Bearer no", "X-Api-Key", "key-a")
                .statusCode())
        .isEqualTo(401);
    assertThat(
            server
                .get("/api/v1/auth/whoami", "Authorization", "Basic eDp5", "X-Api-Key", "key-a")
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/llm/models",
    "GET, /api/v1/providers",
    "GET, /api/v1/providers/status",
    "GET, /api/v1/auth/whoami",
    "GET, /nothing",
    "GET, /healthzz",
    "POST, /api/v1/llm/completions",
    "POST, /api/v1/llm/completions/stream",
    "DELETE, /api/v1/llm/completions",
  })
  void everythingElseNeedsAKey(String method, String path) throws Exception {
    assertThat(server.send(method, path).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"/healthz, 200", "/readyz, 200", "/auth/config, 200", "/docs, 404", "/ui/x, 404"})
  void whatProbesAndClientsNeedFirstIsOpen(String path, int status) throws Exception {
    assertThat(server.get(path).statusCode()).isEqualTo(status);
  }

  /// Paths are never resolved, so a path cannot borrow the beginning of an open one.
  @Test
  void anOpenPathLeadsNowhereElse() throws Exception {
    for (String path :
        List.of("/healthz/../api/v1/llm/models", "/ui/..%2Fapi/v1/llm/models", "/docs//api/v1")) {
      try (RawConnection connection = server.connect()) {
        connection.send("GET " + path + " HTTP/1.1\r\nHost: g\r\n\r\n");
        assertThat(connection.readAnswer()).containsPattern("^HTTP/1.1 40[04] ");
      }
    }
  }

  @Test
  void theWayToAuthenticateIsTold() throws Exception {
    assertThat(server.get("/auth/config").body()).isEqualTo("{\"backend\":\"api_key\"}");
  }

  @Test
  void aPreflightQuestionNeedsNoKey() throws Exception {
    try (RawConnection connection = server.connect()) {
      connection.send(
          """
          OPTIONS /api/v1/llm/completions HTTP/1.1\r
          Host: g\r
          Origin: https://app.example\r
          Access-Control-Request-Method: POST\r
          \r
          """);
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aKeyOpensTheModels() throws Exception {
    HttpResponse<String> response =
        server.post(
            ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO, "Authorization", "Bearer key-a");
    assertThat(response.statusCode()).isEqualTo(200);
  }
}
