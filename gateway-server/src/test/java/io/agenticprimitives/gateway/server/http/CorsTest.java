package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String ASK =
      """
      OPTIONS /api/v1/llm/completions HTTP/1.1\r
      Host: g\r
      Origin: https://app.example\r
      Access-Control-Request-Method: POST\r
      Access-Control-Request-Headers: content-type, x-provider-llm\r
      \r
      """;
  private static final String GET =
      "GET /nothing HTTP/1.1\r\nHost: g\r\nOrigin: https://app.example\r\n\r\n";

  @Test
  void everyPageMayCallByDefaultWithoutCredentials() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.answering());
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).readAnswer())
          .startsWith("HTTP/1.1 200 ")
          .contains("\r\nAccess-Control-Allow-Origin: *\r\n")
          .contains("\r\nAccess-Control-Allow-Methods: ")
          .contains("\r\nAccess-Control-Allow-Headers: content-type, x-provider-llm\r\n")
          .contains("\r\nAccess-Control-Max-Age: 600\r\n")
          .contains("\r\nX-Request-Id: ")
          .doesNotContain("Access-Control-Allow-Credentials")
          .endsWith("\r\n\r\nOK");
      assertThat(connection.send(GET).readAnswer())
          .startsWith("HTTP/1.1 404 ")
          .contains("\r\nAccess-Control-Allow-Origin: *\r\n")
          .contains("\r\nAccess-Control-Expose-Headers: X-Request-Id, ");
    }
  }

  @Test
  void aListOfOriginsLetsThoseAloneInWithCredentials() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.answering(),
                config -> config.corsOrigins = List.of("https://app.example"));
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).readAnswer())
          .startsWith("HTTP/1.1 200 ")
          .contains("\r\nAccess-Control-Allow-Origin: https://app.example\r\n")
          .contains("\r\nAccess-Control-Allow-Credentials: true\r\n")
          .contains("\r\nVary: Origin\r\n");
      assertThat(connection.send(ASK.replace("app", "evil")).readAnswer())
          .startsWith("HTTP/1.1 400 ")
          .doesNotContain("Access-Control-Allow-Origin")
          .endsWith("{\"detail\":\"Disallowed CORS origin\"}");
      assertThat(connection.send(GET.replace("app", "evil")).readAnswer())
          .startsWith("HTTP/1.1 404 ")
          .contains("\r\nVary: Origin\r\n")
          .doesNotContain("Access-Control-Allow-Origin");
    }
  }

  @Test
  void noOriginsAtAllSwitchItOff() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(FakeModel.answering(), config -> config.corsOrigins = List.of());
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).readAnswer())
          .startsWith("HTTP/1.1 405 ")
          .doesNotContain("Access-Control-Allow-Origin");
    }
  }

  @Test
  void callersThatAreNoPagesSeeNothingOfIt() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.answering())) {
      assertThat(server.get("/healthz").headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control"));
    }
  }
}
