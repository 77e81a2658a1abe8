package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTest {
  private static final String HEAD =
      """
      HTTP/1.1 200 OK\r
      X-Request-Id: r\r
      X-Correlation-Id: r\r
      Content-Type: text/event-stream; charset=utf-8\r
      Cache-Control: no-cache\r
      X-Accel-Buffering: no\r
      X-Gateway-Provider: main\r
      X-Gateway-Attempts: main;serving;TIMEms\r
      Transfer-Encoding: chunked\r
      \r
      """;

  @Test
  void aStreamIsTheseBytes() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.answering(
                    Events.started(),
                    Events.text("Fo\u00fc"),
                    Events.text("r.\u2028"),
                    Events.finished()));
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO, "X-Request-Id: r");
      String head = connection.readUntil("\r\n\r\n");
      assertThat(head.replaceAll("Date: [^\r]+\r\n", "").replaceAll("\\d+ms", "TIMEms"))
          .isEqualTo(HEAD);
      assertThat(connection.readUntil("\r\n0\r\n\r\n"))
          .isEqualTo(
              chunk("data: {\"type\":\"content_delta\",\"delta\":\"Fo\\u00fc\"}\n\n")
                  + chunk("data: {\"type\":\"content_delta\",\"delta\":\"r.\\u2028\"}\n\n")
                  + chunk(
                      "data: {\"type\":\"message_stop\",\"stop_reason\":\"end_turn\","
                          + "\"model\":\"small-1\"}\n\n"
                          + "data: {\"type\":\"metadata\",\"usage\":{\"input_tokens\":9,"
                          + "\"output_tokens\":3},\"upstream_stop_reason\":\"stop\"}\n\n")
                  + "0\r\n\r\n");
    }
  }

  private static String chunk(String bytes) {
    return "%X\r\n%s\r\n".formatted(bytes.length(), bytes);
  }

  @Test
  void eachEventIsThereBeforeTheNextOneIsMade() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> stream));
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      for (String word : List.of("one", "two", "three")) {
        stream.emit(word.equals("one") ? Events.started() : Events.text("-"));
        stream.emit(Events.text(word));
        assertThat(connection.readUntil(word + "\"}\n\n")).contains("content_delta");
      }
      stream.emit(Events.finished());
      assertThat(connection.readUntil("0\r\n\r\n")).contains("message_stop", "metadata");
    }
  }

  @Test
  void aFailureBeforeTheFirstEventIsAStatus() throws Exception {
    BackendException failure =
        new BackendException(ErrorKind.RATE_LIMITED, "Slow \"down\".")
            .withRetryAfter(Duration.ofMillis(6_001));
    EventStream failing = failing(failure);
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> failing))) {
      for (String path : List.of(ServerUnderTest.STREAM, ServerUnderTest.COMPLETIONS)) {
        HttpResponse<String> response = server.post(path, ServerUnderTest.HELLO);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Retry-After")).contains("7");
        assertThat(response.headers().firstValue("Cache-Control")).isEmpty();
        assertThat(response.headers().firstValue("X-Gateway-Provider")).contains("main");
        assertThat(response.body())
            .isEqualTo("{\"detail\":\"Backend 'main': Slow \\\"down\\\".\"}");
      }
    }
  }

  private static EventStream failing(RuntimeException failure, StreamEvent... before) {
    ManualStream stream = new ManualStream().emit(before);
    return new EventStream() {
      private int left = before.length;

      @Override
      public StreamEvent next() {
        if (left-- > 0) {
          return stream.next();
        }
        throw failure;
      }

      @Override
      public void close() {
        stream.close();
      }
    };
  }

  @Test
  void theUpstreamsBeginningAloneDoesNotCommitTheAnswer() throws Exception {
    BackendException failure = new BackendException(ErrorKind.CUT, "It broke off.");
    EventStream failing = failing(failure, Events.started());
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> failing))) {
      assertThat(server.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO).statusCode())
          .isEqualTo(502);
    }
  }

  @Test
  void aFailureAfterTheFirstEventIsAnEventAndACleanEnd() throws Exception {
    BackendException failure = new BackendException(ErrorKind.CUT, "It broke off.");
    EventStream failing = failing(failure, Events.started(), Events.text("Fo"));
    try (ServerUnderTest server = ServerUnderTest.start(FakeModel.of((_, _) -> failing))) {
      HttpResponse<String> response = server.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .isEqualTo(
              """
              data: {"type":"content_delta","delta":"Fo"}

              data: {"type":"error","status":502,"kind":"cut","detail":"Backend 'main': It broke off."}

              data: {"type":"message_stop","stop_reason":"error","model":"small-1"}

              """);
    }
  }

  @Test
  void aSilentUpstreamIsBridgedByCommentsFromTheStart() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.of((_, _) -> stream),
                config -> config.keepAlive = Duration.ofMillis(20));
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      assertThat(connection.readUntil(": keep-alive\n\n")).startsWith("HTTP/1.1 200 ");
      assertThat(connection.readUntil(": keep-alive\n\n")).doesNotContain("data:");
      stream.emit(Events.started(), Events.text("Hi"));
      assertThat(connection.readUntil("\"delta\":\"Hi\"}\n\n")).contains("data: ");
      assertThat(connection.readUntil(": keep-alive\n\n")).doesNotContain("data:");
      stream.emit(Events.finished());
      assertThat(connection.readUntil("0\r\n\r\n")).contains("message_stop");
    }
  }

  @Test
  void aFailureAfterACommentIsAnEventBecauseTheStatusIsGone() throws Exception {
    ManualStream stream = new ManualStream();
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.of((_, _) -> stream),
                config -> config.keepAlive = Duration.ofMillis(20));
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      connection.readUntil(": keep-alive\n\n");
      stream.fail(new BackendException(ErrorKind.OVERLOADED, "No room."));
      assertThat(connection.readUntil("0\r\n\r\n"))
          .contains(
              "data: {\"type\":\"error\",\"status\":503,\"kind\":\"overloaded\","
                  + "\"detail\":\"Backend 'main': No room.\"}\n\n"
                  + "data: {\"type\":\"message_stop\",\"stop_reason\":\"error\",\"model\":\"\"}");
    }
  }

  @Test
  void aStreamThatTalksNeedsNoComments() throws Exception {
    ManualStream stream = new ManualStream().emit(Events.started());
    try (ServerUnderTest server =
            ServerUnderTest.start(
                FakeModel.of((_, _) -> stream), config -> config.keepAlive = Duration.ofHours(1));
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      stream.emit(Events.text("a"), Events.finished());
      assertThat(connection.readUntil("0\r\n\r\n")).doesNotContain(": keep-alive");
    }
  }
}
