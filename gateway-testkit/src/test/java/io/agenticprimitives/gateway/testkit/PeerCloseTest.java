package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// The server learns at once that its peer has left, whatever it is doing.
class PeerCloseTest {
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration PROMPT = Duration.ofMillis(100);
  private static final Step.Respond CHUNKED = Step.Respond.chunked(200, "text/plain");

  static final List<Arguments> ACTIVITIES =
      List.of(
          Arguments.of("stalling before the head", Script.of(new Step.Stall())),
          Arguments.of("stalling after the head", Script.of(CHUNKED, new Step.Stall())),
          Arguments.of(
              "stalling in the body", Script.of(CHUNKED, new Step.Send("x"), new Step.Stall())),
          Arguments.of("waiting at a gate", Script.of(new Step.AwaitGate(new Gate()), CHUNKED)),
          Arguments.of(
              "sending without end",
              Script.of(CHUNKED, new Step.Repeat("x".repeat(1000), Step.Repeat.ENDLESS))),
          Arguments.of("idle after a complete answer", Script.json(200, "{}")));

  private final ScriptedUpstream upstream = ScriptedUpstream.start();

  @AfterEach
  void close() {
    upstream.close();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("ACTIVITIES")
  void aClosingPeerIsNoticedWithin100Milliseconds(String activity, Script script)
      throws IOException {
    upstream.enqueue(script);
    RawClient client = RawClient.get(upstream, "/");
    RecordedRequest request = upstream.takeRequest(LONG);

    client.close();

    assertThat(request.awaitPeerClosed(LONG)).as(activity).isLessThan(PROMPT);
    assertThat(upstream.connectionsOpen()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("ACTIVITIES")
  void aResettingPeerIsNoticedWithin100Milliseconds(String activity, Script script)
      throws IOException {
    upstream.enqueue(script);
    RawClient client = RawClient.get(upstream, "/");
    RecordedRequest request = upstream.takeRequest(LONG);

    client.reset();

    assertThat(request.awaitPeerClosed(LONG)).as(activity).isLessThan(PROMPT);
  }

  @Test
  void aClosingPeerIsNoticedWhileTheTestComputesTheAnswer() throws Exception {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    upstream.onRequest(
        request -> {
          computing.countDown();
          awaitUnchecked(finish);
          return Script.json(200, "{}");
        });
    RawClient client = RawClient.get(upstream, "/");
    RecordedRequest request = upstream.takeRequest(LONG);
    computing.await();

    client.close();

    assertThat(request.awaitPeerClosed(LONG)).isLessThan(PROMPT);
    finish.countDown();
  }

  @Test
  void anEarlierCloseTakesNoTime() throws IOException {
    upstream.enqueue(Script.of(new Step.Stall()));
    RawClient.get(upstream, "/").close();
    RecordedRequest request = upstream.takeRequest(LONG);
    request.awaitPeerClosed(LONG);

    assertThat(request.awaitPeerClosed(Duration.ZERO)).isZero();
  }

  @Test
  void aPeerThatOnlyFinishedSendingStillGetsWhatIsSentWithoutWaiting() throws IOException {
    upstream.enqueue(Script.sse("one", "two"));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.finishSending();
      assertThat(client.readToEnd()).endsWith("b\r\ndata: two\n\n\r\n0\r\n\r\n");
    }
  }

  @Test
  void aPeerThatStaysIsReportedWithAdvice() throws IOException {
    upstream.enqueue(Script.of(new Step.Stall()));
    try (RawClient client = RawClient.get(upstream, "/slow")) {
      RecordedRequest request = upstream.takeRequest(LONG);

      assertThatThrownBy(() -> request.awaitPeerClosed(Duration.ofMillis(50)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("GET /slow on connection 1")
          .hasMessageContaining("open for 50 ms");
      assertThat(client.silentFor(Duration.ofMillis(1))).isTrue();
    }
  }

  @Test
  void aConnectionThatTheServerEndedItselfIsNotTakenForAClosingPeer() throws IOException {
    upstream.enqueue(Script.of(new Step.Close()));
    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readToEnd();
      RecordedRequest request = upstream.takeRequest(LONG);

      assertThatThrownBy(() -> request.awaitPeerClosed(LONG))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("The server itself ended the connection")
          .hasMessageContaining("Step.Stall");
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
