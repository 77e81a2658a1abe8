package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepAliveTest {
  private static final Duration LONG = Duration.ofSeconds(5);

  private final ScriptedUpstream upstream = ScriptedUpstream.start();

  @AfterEach
  void close() {
    upstream.close();
  }

  @Test
  void anHttpClientReusesItsConnectionAfterCompleteAnswers() throws Exception {
    upstream.enqueue(Script.json(200, "[1]"), Script.sse("2"), Script.of(Step.Respond.noBody(204)));
    upstream.enqueue(Script.json(200, "[4]"));

    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(upstream.uri("/")).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("[1]");
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("data: 2\n\n");
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("[4]");
    }

    for (int taken = 0; taken < 4; taken++) {
      assertThat(upstream.takeRequest(LONG).connection()).isEqualTo(1);
    }
    assertThat(upstream.connectionsAccepted()).isEqualTo(1);
  }

  @Test
  void anHttpClientOpensANewConnectionAfterACutAnswer() throws Exception {
    upstream.enqueue(Script.json(200, "[1]").then(new Step.Close()), Script.json(200, "[2]"));

    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(upstream.uri("/")).build();
      client.send(request, BodyHandlers.ofString());
      upstream.awaitConnectionsOpen(0, LONG);
      client.send(request, BodyHandlers.ofString());
    }

    assertThat(upstream.takeRequest(LONG).connection()).isEqualTo(1);
    assertThat(upstream.takeRequest(LONG).connection()).isEqualTo(2);
  }

  @Test
  void requestsSentTogetherAreAnsweredInOrder() throws IOException {
    upstream.enqueue(Script.json(200, "first"), Script.json(200, "second"));

    try (RawClient client = RawClient.connect(upstream)) {
      client.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
      client.readUntil("first");
      client.readUntil("second");
    }
    assertThat(upstream.takeRequest(LONG).target()).isEqualTo("/1");
    assertThat(upstream.takeRequest(LONG).target()).isEqualTo("/2");
  }

  @Test
  void moreRequestsThanCanWaitOnOneConnectionAreRefused() throws IOException {
    upstream.onRequest(request -> Script.of(new Step.Stall()));

    try (RawClient client = RawClient.connect(upstream)) {
      client.send("GET / HTTP/1.1\r\n\r\n".repeat(200));
      client.finishSending();
      upstream.takeRequest(LONG).awaitPeerClosed(LONG);
    }
    assertThat(upstream.requestCount()).isBetween(100L, 102L);
    assertThat(upstream.failures())
        .singleElement()
        .asString()
        .contains("Too many requests at once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nConnection: keep-alive, Close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n"
      })
  void aClientThatWantsNoReuseGetsAClosedConnection(String request) throws IOException {
    upstream.enqueue(Script.json(200, "{}"));

    try (RawClient client = RawClient.connect(upstream)) {
      assertThat(client.send(request).readToEnd()).endsWith("\r\n\r\n{}");
    }
  }

  @Test
  void anAnswerThatSaysCloseIsFollowedByTheClose() throws IOException {
    upstream.enqueue(Script.json(200, "{}").withHeader("Connection", "close"));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readToEnd()).endsWith("\r\n\r\n{}");
    }
  }

  @Test
  void aCompleteAnswerFollowedByAStallKeepsTheConnectionButAnswersNothingMore() throws IOException {
    upstream.enqueue(Script.json(200, "{}").then(new Step.Stall()));
    upstream.enqueue(Script.json(200, "never"));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readUntil("{}");
      client.get("/again");
      assertThat(upstream.takeRequest(LONG).connection()).isEqualTo(1);
      assertThat(upstream.takeRequest(LONG).path()).isEqualTo("/again");
      assertThat(client.silentFor(Duration.ofMillis(100))).isTrue();
    }
  }
}
