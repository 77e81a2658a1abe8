package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.config.ToolEventsMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is done differently for the original project's Python client, and how to have it otherwise.
class CallerProfileTest {
  private static final String PYTHON = "python-httpx/0.28.1";

  @ParameterizedTest
  @CsvSource({
    "curl/8, '', AUTO, documented",
    "'', '', AUTO, documented",
    "python-httpx/0.28.1, '', AUTO, assembled",
    "python-httpx/0.28.1, documented, AUTO, documented",
    "python-httpx/0.28.1, AUTO, DOCUMENTED, assembled",
    "python-httpx/0.28.1, '', DOCUMENTED, documented",
    "curl/8, Assembled, DOCUMENTED, assembled",
    "curl/8, '', ASSEMBLED, assembled",
  })
  void theFormOfToolEventsFollowsHeaderThenConfigurationThenCaller(
      String userAgent, String header, ToolEventsMode mode, String style) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.answering(
                    Events.started(),
                    new StreamEvent.ToolCallStarted(0, "c", "lookup"),
                    new StreamEvent.ToolCallDelta(0, "{}"),
                    new StreamEvent.ToolCallEnded(0),
                    Events.finished()),
                config -> config.toolEvents = mode);
        RawConnection connection = server.connect()) {
      connection.post(
          ServerUnderTest.STREAM,
          ServerUnderTest.HELLO,
          userAgent.isEmpty() ? "X-A: b" : "User-Agent: " + userAgent,
          header.isEmpty() ? "X-B: c" : "X-Gateway-Tool-Events: " + header);
      String answer = connection.readUntil("0\r\n\r\n");
      assertThat(answer.contains("tool_use_delta")).isEqualTo(style.equals("documented"));
      assertThat(answer.contains("\"name\":\"\"")).isEqualTo(style.equals("assembled"));
    }
  }

  @Test
  void thePythonClientsConnectionEndsWithEachAnswerUnlessTheOperatorSaysOtherwise()
      throws Exception {
    FakeModel model = FakeModel.answering(Events.started(), Events.text("Hi"), Events.finished());
    try (ServerUnderTest server = ServerUnderTest.start(model);
        ServerUnderTest other =
            ServerUnderTest.start(model, config -> config.closePythonConnections = false)) {
      for (String path : List.of(ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM)) {
        assertThat(connectionHeader(server, path, PYTHON)).contains("close");
        assertThat(connectionHeader(server, path, "curl/8")).isEmpty();
        assertThat(connectionHeader(other, path, PYTHON)).isEmpty();
      }
      try (RawConnection connection = server.connect()) {
        connection.post(
            ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO, "User-Agent: " + PYTHON);
        assertThat(connection.readToEnd()).contains("\r\nConnection: close\r\n");
      }
      assertThat(server.get("/healthz", "User-Agent", PYTHON).headers().firstValue("Connection"))
          .isEmpty();
    }
  }

  private static List<String> connectionHeader(
      ServerUnderTest server, String path, String userAgent) throws Exception {
    return server
        .post(path, ServerUnderTest.HELLO, "User-Agent", userAgent)
        .headers()
        .allValues("Connection");
  }
}
