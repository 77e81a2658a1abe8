package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.server.testing.LogLines;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallRecordTest {
  private final LogLines lines = LogLines.of("gateway.calls");

  @AfterEach
  void stopListening() {
    lines.close();
  }

  /// The next line, with its numbers of milliseconds left away.
  private String next() throws InterruptedException {
    return lines.next().getKeyValuePairs().stream()
        .map(pair -> pair.key.endsWith("ms") ? pair.key : pair.key + "=" + pair.value)
        .collect(Collectors.joining(" "))
        .replaceAll("\\d+ms", "TIMEms");
  }

  @Test
  void anAnswerIsOneLineWithoutAWordOfWhatWasSaid() throws Exception {
    FakeModel model =
        FakeModel.answering(Events.started(), Events.text("canary"), Events.finished());
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      for (String path : List.of(ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM)) {
        server.post(path, ServerUnderTest.HELLO, "X-Request-Id", "r");
        assertThat(next())
            .isEqualTo(
                "request_id=r route=%s backend=main model=small-1 status=200 outcome=finished ms"
                        .formatted(path.substring("/api/v1/llm/".length()))
                    + " first_event_ms input_tokens=9 output_tokens=3");
      }
      server.get("/api/v1/llm/models", "X-Request-Id", "r");
      assertThat(next())
          .isEqualTo(
              "request_id=r route=models backend=main model= status=200 outcome=finished ms");
    }
  }

  @Test
  void aFailureIsALineWithItsKind() throws Exception {
    FakeModel model =
        FakeModel.of(
            (_, _) -> {
              throw new BackendException(ErrorKind.OVERLOADED, "canary");
            });
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      server.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO, "X-Request-Id", "r");
      assertThat(next())
          .isEqualTo(
              "request_id=r route=completions/stream backend=main model= status=503"
                  + " outcome=overloaded ms attempts=main;failed;503;TIMEms");
      server.post(ServerUnderTest.STREAM, "{}", "X-Request-Id", "r");
      assertThat(next()).contains("status=422 outcome=invalid_request");
    }
  }

  @Test
  void aFailureInTheMiddleOfAStreamIsNotASuccess() throws Exception {
    ManualStream stream = new ManualStream().emit(Events.started(), Events.text("Hi"));
    stream.fail(new BackendException(ErrorKind.CUT, "It broke off."));
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> stream))) {
      server.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      assertThat(next()).contains("model=small-1 status=502 outcome=cut");
    }
  }

  @Test
  void aCallerWhoLeftIsALineOfItsOwn() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> stream))) {
      RawConnection connection =
          server.connect().post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      stream.awaitAsked();
      connection.close();
      assertThat(next()).contains("status=499 outcome=cancelled");
    }
  }

  @Test
  void whatACallerMakesUpDoesNotMakeTheLineLong() throws Exception {
    FakeModel model =
        FakeModel.of((_, _) -> EventStream.of(List.of(Events.started(), Events.finished())));
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      server.post(
          ServerUnderTest.COMPLETIONS,
          "{\"model\":\"" + "y".repeat(5_000) + "\",\"messages\":[]}",
          "X-Provider-LLM",
          "no");
      assertThat(next()).hasSizeLessThan(500);
    }
  }
}
