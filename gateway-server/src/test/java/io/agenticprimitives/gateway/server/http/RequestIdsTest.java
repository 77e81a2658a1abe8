package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    server = ServerUnderTest.start(FakeModel.answering());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void withoutIdsBothAreTheSame32HexadecimalDigits() throws Exception {
    HttpResponse<String> response = server.get("/healthz");
    String id = response.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(response.headers().firstValue("X-Correlation-Id")).contains(id);
    assertThat(server.get("/healthz").headers().firstValue("X-Request-Id").orElseThrow())
        .isNotEqualTo(id);
  }

  @Test
  void saneIdsAreEchoed() throws Exception {
    HttpResponse<String> response =
        server.get("/nothing", "X-Request-Id", "a-B_9.z", "X-Correlation-Id", "x".repeat(128));
    assertThat(response.headers().firstValue("X-Request-Id")).contains("a-B_9.z");
    assertThat(response.headers().firstValue("X-Correlation-Id")).contains("x".repeat(128));
  }

  @Test
  void theCorrelationIdIsTheRequestIdIfThereIsNone() throws Exception {
    HttpResponse<String> response = server.get("/healthz", "X-Request-Id", "mine");
    assertThat(response.headers().firstValue("X-Correlation-Id")).contains("mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a\tb",
        "<script>",
        "a\"b",
        "a;b",
        "\u00e9",
        "a,b",
        "a\u0000b",
        "\u001b[31m"
      })
  void idsThatCouldDoHarmAreReplaced(String id) throws Exception {
    try (RawConnection connection = server.connect()) {
      connection.send(
          "GET /healthz HTTP/1.1\r\nHost: g\r\nX-Correlation-Id: %s\r\nX-Request-Id: %s\r\n\r\n"
              .formatted(id, id));
      String answer = connection.readAnswer();
      assertThat(answer)
          .doesNotContain(id)
          .containsPattern("\r\nX-Request-Id: [0-9a-f]{32}\r\n")
          .containsPattern("\r\nX-Correlation-Id: [0-9a-f]{32}\r\n");
    }
  }

  @Test
  void idsThatAreTooLongAreReplaced() throws Exception {
    HttpResponse<String> response = server.get("/healthz", "X-Request-Id", "x".repeat(129));
    assertThat(response.headers().firstValue("X-Request-Id").orElseThrow()).hasSize(32);
  }
}
