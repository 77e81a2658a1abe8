package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.core.config.RouteConfig;
import io.agenticprimitives.gateway.core.config.RouteConfig.Target;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Callers are told who was asked for them.
class AttemptsTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String SMART =
      "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
          + "\"stream\":STREAM}";

  private static LlmBackend failing(ErrorKind kind) {
    return FakeModel.of(
        (_, _) -> {
          throw new BackendException(kind, "It failed.");
        });
  }

  private static ServerUnderTest start(
      LlmBackend first, LlmBackend second, Consumer<TestConfig> settings) {
    Map<String, LlmBackend> backends = new LinkedHashMap<>();
    backends.put("first", first);
    backends.put("second", second);
    return ServerUnderTest.start(
        backends,
        config -> {
          config.routes =
              Map.of("smart", new RouteConfig("smart", List.of(to("first"), to("second")), true));
          settings.accept(config);
        });
  }

  private static Target to(String backend) {
    return new Target(backend, Optional.empty(), Optional.empty());
  }

  private static String attempts(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("X-Gateway-Attempts")
        .orElse("")
        .replaceAll("\\d+ms", "TIMEms");
  }

  @ParameterizedTest
  @CsvSource({
    ServerUnderTest.COMPLETIONS + ", false, finished",
    ServerUnderTest.STREAM + ", true, serving",
    CHAT + ", false, finished",
    CHAT + ", true, serving"
  })
  void anAnswerSaysWhoServedItAndWhoCouldNot(String path, String stream, String word)
      throws Exception {
    LlmBackend serving =
        FakeModel.answering(Events.started(), Events.text("Four."), Events.finished());
    try (ServerUnderTest server =
        start(failing(ErrorKind.UPSTREAM_FAILURE), serving, config -> {})) {
      HttpResponse<String> response = server.post(path, SMART.replace("STREAM", stream));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("Four.");
      assertThat(response.headers().firstValue("X-Gateway-Provider")).contains("second");
      assertThat(attempts(response))
          .isEqualTo("first;failed;502;TIMEms, second;" + word + ";TIMEms");
    }
  }

  @ParameterizedTest
  @CsvSource({
    ServerUnderTest.COMPLETIONS + ", false",
    ServerUnderTest.STREAM + ", true",
    CHAT + ", false",
    CHAT + ", true"
  })
  void anErrorSaysWhoWasAskedLast(String path, String stream) throws Exception {
    try (ServerUnderTest server =
        start(failing(ErrorKind.UPSTREAM_FAILURE), failing(ErrorKind.TIMEOUT), config -> {})) {
      HttpResponse<String> response = server.post(path, SMART.replace("STREAM", stream));
      assertThat(response.statusCode()).isEqualTo(504);
      assertThat(response.headers().firstValue("X-Gateway-Provider")).contains("second");
      assertThat(attempts(response)).isEqualTo("first;failed;502;TIMEms, second;failed;504;TIMEms");
    }
  }

  @Test
  void anAnswerThatBeginsBeforeItIsKnownWhoServesDoesNotGuess() throws Exception {
    ManualStream thinking = new ManualStream();
    try (ServerUnderTest server =
            start(
                FakeModel.of((_, _) -> thinking),
                failing(ErrorKind.UPSTREAM_FAILURE),
                config -> config.keepAlive = Duration.ofMillis(50));
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.STREAM, SMART.replace("STREAM", "true"));
      String head = connection.readUntil(": keep-alive");
      assertThat(head).contains("X-Gateway-Attempts: first;waiting;");
      assertThat(head).doesNotContain("X-Gateway-Provider");
      thinking.fail(new BackendException(ErrorKind.UNREACHABLE, "It failed."));
      assertThat(connection.readUntil("\r\n0\r\n\r\n")).contains("\"type\":\"error\"");
    }
  }
}
