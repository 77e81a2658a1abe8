package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.EventStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String HEAD =
      "POST /api/v1/llm/completions HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\n";

  /// Answers with the length of what it was told.
  private static final FakeModel MEASURING =
      FakeModel.of(
          (request, _) ->
              EventStream.of(
                  List.of(
                      Events.started(), Events.text("got " + length(request)), Events.finished())));

  private static int length(CompletionRequest request) {
    return ((ContentBlock.Text) request.messages().get(0).content().get(0)).text().length();
  }

  private static String bodyOf(int size) {
    String frame = "{\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}";
    return frame.replace("\"\"", "\"" + "x".repeat(size - frame.length()) + "\"");
  }

  @Test
  void aBodyOfExactlyTheLimitIsTakenAndOneByteMoreIsNot() throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.start(MEASURING, config -> config.maxRequestSize = 2 * 1024 * 1024)) {
      assertThat(server.post(ServerUnderTest.COMPLETIONS, bodyOf(2 * 1024 * 1024)).body())
          .contains("got ");
      HttpResponse<String> response =
          server.post(ServerUnderTest.COMPLETIONS, bodyOf(2 * 1024 * 1024 + 1));
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body())
          .isEqualTo(
              "{\"detail\":\"The request body is larger than the 2 MB that this gateway takes.\"}");
    }
  }

  @Test
  void whoeverSendsFarTooMuchHearsWhyAndMayGoOn() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(MEASURING, config -> config.maxRequestSize = 1000);
        RawConnection connection = server.connect()) {
      for (int i = 0; i < 3; i++) {
        connection.post(ServerUnderTest.COMPLETIONS, bodyOf(5_000_000));
        assertThat(connection.readAnswer()).startsWith("HTTP/1.1 413 ");
      }
      connection.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aBodyThatIsAnnouncedAsTooLargeIsNotWaitedFor() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(MEASURING, config -> config.maxRequestSize = 1000);
        RawConnection connection = server.connect()) {
      connection.send(HEAD + "Content-Length: 99999999999\r\n\r\n");
      assertThat(connection.readAnswer())
          .startsWith("HTTP/1.1 413 ")
          .contains("\r\nX-Request-Id: ", "1000 bytes");
    }
  }

  @Test
  void aBodyWithoutALengthIsCountedAsItComes() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(MEASURING, config -> config.maxRequestSize = 1000);
        RawConnection fitting = server.connect();
        RawConnection tooLarge = server.connect()) {
      String half = bodyOf(900);
      fitting.send(
          HEAD
              + "Transfer-Encoding: chunked\r\n\r\n12c\r\n"
              + half.substring(0, 300)
              + "\r\n258\r\n"
              + half.substring(300)
              + "\r\n0\r\n\r\n");
      assertThat(fitting.readAnswer()).startsWith("HTTP/1.1 200 ").contains("got ");

      tooLarge.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 3; i++) {
        tooLarge.send("190\r\n" + "x".repeat(400) + "\r\n");
      }
      assertThat(tooLarge.readAnswer()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void brokenChunksAreTheCallersError() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(MEASURING);
        RawConnection connection = server.connect()) {
      connection.send(HEAD + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");
      assertThat(connection.readAnswer())
          .startsWith("HTTP/1.1 400 ")
          .contains("\r\nX-Request-Id: ")
          .contains("{\"detail\":\"");
    }
  }

  @Test
  void aBodyThatStopsIsRefusedAfterTheIdleTime() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(
                MEASURING,
                config ->
                    config.timings =
                        new Timings(
                            Duration.ofSeconds(20),
                            Duration.ofMillis(100),
                            Duration.ofSeconds(30),
                            1));
        RawConnection connection = server.connect()) {
      connection.send(HEAD + "Content-Length: 100\r\n\r\n{\"mess");
      assertThat(connection.readAnswer())
          .startsWith("HTTP/1.1 408 ")
          .contains("{\"detail\":\"The request body did not come in fast enough.\"}");
    }
  }

  @Test
  void aBodyThatDripsIsRefusedAfterItsGrace() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(
                MEASURING,
                config ->
                    config.timings =
                        new Timings(
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(20),
                            Duration.ofMillis(100),
                            1_000_000));
        RawConnection connection = server.connect()) {
      connection.send(HEAD + "Content-Length: 100000\r\n\r\n");
      Thread dripping = Thread.ofVirtual().start(() -> drip(connection));
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 408 ");
      dripping.interrupt();
      dripping.join();
    }
  }

  @Test
  void headersThatDripEndTheConnection() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(
                MEASURING,
                config ->
                    config.timings =
                        new Timings(
                            Duration.ofMillis(100),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(30),
                            1));
        RawConnection connection = server.connect();
        RawConnection patient = server.connect()) {
      patient.send("GET /healthz HTTP/1.1\r\nHost: g\r\n\r\n");
      assertThat(patient.readAnswer()).startsWith("HTTP/1.1 200 ");
      connection.send("GET /healthz HTTP/1.1\r\nX: ");
      Thread dripping = Thread.ofVirtual().start(() -> drip(connection));
      assertThat(connection.readToEnd()).isEmpty();
      dripping.interrupt();
      dripping.join();
      // A connection that waits between two requests is not slow.
      patient.send("GET /healthz HTTP/1.1\r\nHost: g\r\n\r\n");
      assertThat(patient.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  private static void drip(RawConnection connection) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        connection.send("x");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    } catch (IOException closed) {
      // The server has had enough.
    }
  }

  @Test
  void aModelMayThinkForLongerThanAConnectionMayBeIdle() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.of((_, _) -> stream),
                config ->
                    config.timings =
                        new Timings(
                            Duration.ofSeconds(20),
                            Duration.ofMillis(50),
                            Duration.ofSeconds(30),
                            1));
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      stream.awaitAsked();
      // By the time that idle connections were closed, one after the other, it would be closed too.
      for (int i = 0; i < 3; i++) {
        try (RawConnection idle = server.connect()) {
          assertThat(idle.readToEnd()).isEmpty();
        }
      }
      stream.emit(Events.started(), Events.text("Hm."), Events.finished());
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ").contains("Hm.");
    }
  }

  @Test
  void callsBeyondTheLimitAreToldToComeBackAndProbesAreAnswered() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.of((_, _) -> stream), config -> config.maxConcurrentRequests = 1);
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      stream.awaitAsked();
      HttpResponse<String> refused = server.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.body()).contains("limit of 1 calls");
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      stream.emit(Events.started(), Events.finished());
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ");
      assertThat(eventualStatus(server)).isEqualTo(200);
    }
  }

  /// The place of a call is free a moment after its answer is there.
  private static int eventualStatus(ServerUnderTest server) throws Exception {
    int status = 503;
    for (int i = 0; i < 1_000 && status == 503; i++) {
      status = server.get("/api/v1/llm/models").statusCode();
    }
    return status;
  }
}
