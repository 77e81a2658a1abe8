package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedUpstreamTest {
  private static final Duration LONG = Duration.ofSeconds(5);

  private final ScriptedUpstream upstream = ScriptedUpstream.start();

  @AfterEach
  void close() {
    upstream.close();
  }

  @Test
  void aRouteComesBeforeTheQueueAndTheQueueBeforeTheFunction() throws IOException {
    upstream
        .onRequest(request -> Script.json(200, "computed for " + request.path()))
        .enqueue(Script.json(200, "queued"))
        .on("GET", "/v1/models", Script.json(200, "routed"));

    try (RawClient client = RawClient.connect(upstream)) {
      client.get("/v1/models?limit=1").readUntil("routed");
      client.get("/a").readUntil("queued");
      client.get("/v1/models").readUntil("routed");
      client.get("/b?c").readUntil("computed for /b");
    }
    assertThat(upstream.failures()).isEmpty();
  }

  @Test
  void aRequestIsRecordedInFull() throws IOException {
    upstream.enqueue(Script.json(200, "{}"));
    try (RawClient client = RawClient.connect(upstream)) {
      client.send(
          "POST /p?q HTTP/1.1\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 3\r\n\r\n\u00c3\u00a9!");
      client.readUntil("{}");
    }
    RecordedRequest request = upstream.takeRequest(LONG);

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/p?q");
    assertThat(request.path()).isEqualTo("/p");
    assertThat(request.header("X-A")).contains("1");
    assertThat(request.headers("X-a")).containsExactly("1", "2");
    assertThat(request.header("X-B")).isEmpty();
    assertThat(request.bodyText()).isEqualTo("é!");
    assertThat(request.body()).hasSize(3);
    assertThat(request.connection()).isEqualTo(1);
  }

  @Test
  void theNthRecordedRequestGetsTheNthQueuedScriptAlsoWhenAllArriveAtOnce() throws Exception {
    int requests = 50;
    for (int index = 0; index < requests; index++) {
      upstream.enqueue(Script.json(200, "<" + index + ">"));
    }
    Map<String, Future<String>> answers = new HashMap<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int index = 0; index < requests; index++) {
        String path = "/" + index;
        answers.put(path, clients.submit(() -> answerTo(path)));
      }
    }
    for (int index = 0; index < requests; index++) {
      assertThat(answers.get(upstream.takeRequest(LONG).path()))
          .succeedsWithin(LONG)
          .isEqualTo("<" + index + ">");
    }
    assertThat(upstream.connectionsAccepted()).isEqualTo(requests);
    assertThat(upstream.requestCount()).isEqualTo(requests);
  }

  @Test
  void aRequestForWhichNothingIsScriptedIsAnsweredAndKeptAsFailure() throws IOException {
    try (RawClient client = RawClient.get(upstream, "/v1/x?y")) {
      assertThat(client.readUntil("onRequest(...)")).startsWith("HTTP/1.1 501 ");
    }
    assertThat(upstream.failures())
        .singleElement()
        .asString()
        .contains("Nothing is scripted for GET /v1/x?y", "on(\"GET\", \"/v1/x\", ...)");
  }

  @Test
  void aFunctionThatFailsIsAnsweredAndKeptAsFailure() throws IOException {
    upstream.onRequest(
        request -> {
          throw new IllegalStateException("no idea");
        });

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readUntil("no idea")).startsWith("HTTP/1.1 500 ");
    }
    assertThat(upstream.failures()).singleElement().asString().contains("GET /", "no idea");
  }

  @Test
  void aRequestThatDoesNotArriveIsReportedWithWhatDidHappen() throws IOException {
    assertThatThrownBy(() -> upstream.takeRequest(Duration.ofMillis(10)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("No request arrived at http://127.0.0.1:" + upstream.port())
        .hasMessageContaining("is the client configured with this address?");

    try (RawClient client = RawClient.connect(upstream)) {
      client.send("NONSENSE\r\n").readToEnd();
    }
    assertThatThrownBy(() -> upstream.takeRequest(Duration.ofMillis(10)))
        .hasMessageContaining("Malformed request line: 'NONSENSE'");
  }

  @Test
  void aBodyOverTheLimitIsRefusedWithAnAnswerThatTheClientCanStillReadAfterSendingAll()
      throws IOException {
    upstream.refuseBodiesOver(10).enqueue(Script.json(200, "accepted"));

    try (RawClient client = RawClient.connect(upstream)) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789").readUntil("accepted");
      client.send("POST / HTTP/1.1\r\nContent-Length: 5000000\r\n\r\n");
      client.send("x".repeat(5_000_000));
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ").contains("allowed are 10");
    }
    assertThat(upstream.requestCount()).isEqualTo(1);
    assertThat(upstream.failures()).singleElement().asString().contains("refuseBodiesOver()");
    assertThatIllegalArgumentException().isThrownBy(() -> upstream.refuseBodiesOver(-1));
  }

  @Test
  void aRefusedRequestEndsWithoutDelay() throws IOException {
    try (RawClient client = RawClient.connect(upstream)) {
      long start = System.nanoTime();
      assertThat(client.send("NONSENSE\r\n").readToEnd()).startsWith("HTTP/1.1 400 ");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void aClientThatWaitsForContinueIsToldToSendItsBody() throws IOException {
    upstream.enqueue(Script.json(200, "{}"));

    try (RawClient client = RawClient.connect(upstream)) {
      client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("ok").readUntil("{}");
    }
    assertThat(upstream.takeRequest(LONG).bodyText()).isEqualTo("ok");
  }

  @Test
  void aClientThatSpeaksTlsToAPlainPortIsExplained() throws IOException {
    try (RawClient client = RawClient.connect(upstream)) {
      client.send("\u0016\u0003\u0001");
      client.finishSending();
      client.readToEnd();
    }
    assertThat(upstream.failures()).singleElement().asString().contains("startTls()");
  }

  @Test
  void openConnectionsAreCounted() throws IOException {
    upstream.onRequest(request -> Script.json(200, "{}"));
    try (RawClient first = RawClient.get(upstream, "/")) {
      first.readUntil("{}");
      try (RawClient second = RawClient.get(upstream, "/")) {
        second.readUntil("{}");
        assertThat(upstream.connectionsOpen()).isEqualTo(2);
      }
      upstream.awaitConnectionsOpen(1, LONG);
      assertThat(first.get("/again").readUntil("{}")).contains("200 OK");
    }
    upstream.awaitConnectionsOpen(0, LONG);
    assertThat(upstream.connectionsAccepted()).isEqualTo(2);
    assertThatThrownBy(() -> upstream.awaitConnectionsOpen(3, Duration.ofMillis(10)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected 3 open connections within 10 ms, there are 0");
  }

  @Test
  void refusedPortRefuses() {
    int port = ScriptedUpstream.refusedPort();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("Connection refused");
  }

  private String answerTo(String path) throws IOException {
    try (RawClient client = RawClient.get(upstream, path)) {
      client.readHead();
      return client.readUntil(">");
    }
  }
}
