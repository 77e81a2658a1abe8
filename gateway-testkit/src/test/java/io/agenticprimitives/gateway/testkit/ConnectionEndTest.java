package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each way to end a connection or to keep it, as a raw socket sees it.
class ConnectionEndTest {
  private static final Step.Respond CHUNKED = Step.Respond.chunked(200, "text/plain");

  private final ScriptedUpstream upstream = ScriptedUpstream.start();

  @AfterEach
  void closeUpstream() {
    upstream.close();
  }

  @Test
  void closeEndsAChunkedBodyWithFinAndWithoutTerminatingChunk() throws IOException {
    upstream.enqueue(Script.of(CHUNKED, new Step.Send("cut"), new Step.Close()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      assertThat(client.readToEnd()).isEqualTo("3\r\ncut\r\n");
    }
  }

  @Test
  void aScriptThatEndsWithinABodyClosesTheConnection() throws IOException {
    upstream.enqueue(
        Script.of(Step.Respond.contentLength(200, "text/plain", 100), new Step.Send("too short")));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      assertThat(client.readToEnd()).isEqualTo("too short");
    }
  }

  @Test
  void closeBeforeTheHeadEndsTheConnectionWithoutAByte() throws IOException {
    upstream.enqueue(Script.of(new Step.Close()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void resetIsSeenAsConnectionReset() throws IOException {
    Gate gate = new Gate();
    upstream.enqueue(
        Script.of(CHUNKED, new Step.Send("half"), new Step.AwaitGate(gate), new Step.Reset()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readUntil("half\r\n")).contains("200 OK");
      gate.open();
      assertThatThrownBy(client::readToEnd)
          .isInstanceOf(SocketException.class)
          .hasMessage("Connection reset");
    }
  }

  @Test
  void resetBeforeTheHeadIsSeenAsConnectionReset() throws IOException {
    upstream.enqueue(Script.of(new Step.Reset()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThatThrownBy(client::readToEnd)
          .isInstanceOf(SocketException.class)
          .hasMessage("Connection reset");
    }
  }

  @Test
  void stallSendsNothingAndKeepsTheConnection() throws IOException {
    upstream.enqueue(Script.of(CHUNKED, new Step.Send("then silence"), new Step.Stall()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readUntil("then silence\r\n");
      assertThat(client.silentFor(Duration.ofMillis(200))).isTrue();
      assertThat(upstream.connectionsOpen()).isEqualTo(1);
    }
    upstream.awaitConnectionsOpen(0, Duration.ofSeconds(5));
  }
}
