package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.llm.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopTest {
  private static final String FAREWELL =
      """
      data: {"type":"error","status":503,"kind":"unavailable","detail":"The gateway is being shut \
      down. Try again in a moment."}

      data: {"type":"message_stop","stop_reason":"error","model":"small-1"}

      """;
  private static final String READY = "GET /readyz HTTP/1.1\r\nHost: g\r\n\r\n";

  @Test
  void callsUnderWayFinishAndNothingNewIsTaken() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> stream));
        RawConnection connection = server.connect();
        RawConnection other = server.connect();
        RawConnection probe = server.connect()) {
      probe.send(READY).readAnswer();
      other.send(READY).readAnswer();
      connection.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      stream.emit(Events.started(), Events.text("Hi"));
      connection.readUntil("\"Hi\"}\n\n");

      CompletableFuture<Boolean> stopped = stopInBackground(server);
      assertThat(awaitStopping(probe))
          .startsWith("HTTP/1.1 503 ")
          .contains("{\"status\":\"stopping\"");
      awaitRefusal(server);
      other.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      assertThat(other.readAnswer())
          .startsWith("HTTP/1.1 503 ")
          .contains("\r\nConnection: close\r\n", "{\"detail\":\"The gateway is being shut down.");
      assertThat(stopped).isNotDone();

      stream.emit(Events.text("there"), Events.finished());
      assertThat(connection.readUntil("0\r\n\r\n")).contains("there", "end_turn", "metadata");
      assertThat(stopped.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void callsThatDoNotFinishInTimeAreToldAndEndCleanly() throws Exception {
    ManualStream streamed = new ManualStream();
    ManualStream whole = new ManualStream();
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.of((ask, _) -> ask.delivery() == Delivery.STREAMED ? streamed : whole),
                config -> config.stopTimeout = Duration.ofMillis(50));
        RawConnection streaming = server.connect();
        RawConnection waiting = server.connect()) {
      streaming.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      waiting.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      streamed.emit(Events.started(), Events.text("Hi"));
      streaming.readUntil("\"Hi\"}\n\n");
      whole.awaitAsked();

      CompletableFuture<Boolean> stopped = stopInBackground(server);
      assertThat(streaming.readToEnd()).contains(FAREWELL).endsWith("\r\n0\r\n\r\n");
      assertThat(waiting.readToEnd())
          .startsWith("HTTP/1.1 503 ")
          .contains("{\"detail\":\"The gateway is being shut down.");
      assertThat(stopped.get(10, TimeUnit.SECONDS)).isFalse();
      assertThat(streamed.isClosed()).isTrue();
      assertThat(whole.isClosed()).isTrue();
    }
  }

  @Test
  void anIdleServerStopsAtOnce() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.answering());
        RawConnection connection = server.connect()) {
      connection.send(READY).readAnswer();
      assertThat(stopInBackground(server).get(5, TimeUnit.SECONDS)).isTrue();
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void aPortInUseIsSaidInASentence() {
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.answering())) {
      assertThatThrownBy(
              () -> {
                try (ServerUnderTest second =
                    ServerUnderTest.start(
                        FakeModel.answering(), config -> config.port = server.port())) {
                  second.port();
                }
              })
          .isInstanceOf(ServerStartException.class)
          .hasMessage(
              "Cannot listen on 127.0.0.1, port %d: another process has that port. Stop it, or"
                      .formatted(server.port())
                  + " choose another with --port or server.port.");
    }
  }

  private static CompletableFuture<Boolean> stopInBackground(ServerUnderTest server) {
    CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                stopped.complete(server.server().stop());
              } catch (InterruptedException | RuntimeException failure) {
                stopped.completeExceptionally(failure);
              }
            });
    return stopped;
  }

  /// Asks until the server says that it stops.
  private static String awaitStopping(RawConnection probe) throws IOException {
    String answer = probe.send(READY).readAnswer();
    while (answer.startsWith("HTTP/1.1 200 ")) {
      answer = probe.send(READY).readAnswer();
    }
    return answer;
  }

  /// The thread that accepts connections ends a moment after it was told to.
  private static void awaitRefusal(ServerUnderTest server) {
    for (int i = 0; i < 1_000; i++) {
      try (RawConnection late = server.connect()) {
        assertThat(late.send(READY).readAnswer()).startsWith("HTTP/1.1 503 ");
      } catch (IOException refused) {
        return;
      }
    }
    throw new AssertionError("The server still takes connections");
  }
}
