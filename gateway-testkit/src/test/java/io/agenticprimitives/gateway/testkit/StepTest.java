package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each step that sends, as a raw socket sees it.
class StepTest {
  private static final Step.Respond CHUNKED = Step.Respond.chunked(200, "text/plain");
  private static final Step.Respond UNTIL_CLOSE = Step.Respond.closeDelimited(200, "text/plain");

  private final ScriptedUpstream upstream = ScriptedUpstream.start();

  @AfterEach
  void closeUpstream() {
    upstream.close();
  }

  @Test
  void contentLengthResponseHasExactlyTheScriptedHeadAndBody() throws IOException {
    upstream.enqueue(
        Script.of(
                Step.Respond.contentLength(429, "application/json", 2),
                new Step.Send("{}"),
                new Step.Close())
            .withHeader("Retry-After", "7"));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readToEnd().split("\r\n", -1))
          .containsExactly(
              "HTTP/1.1 429 Too Many Requests",
              "Content-Type: application/json",
              "Retry-After: 7",
              "Content-Length: 2",
              "",
              "{}");
    }
  }

  @Test
  void everySendIsOneChunkAndEndChunksTerminates() throws IOException {
    upstream.enqueue(
        Script.of(
            CHUNKED,
            new Step.Send("0123456789abcdef"),
            new Step.Send("é"),
            new Step.EndChunks(),
            new Step.Close()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readHead()).contains("Transfer-Encoding: chunked\r\n");
      assertThat(client.readToEnd())
          .isEqualTo("10\r\n0123456789abcdef\r\n2\r\n\u00c3\u00a9\r\n0\r\n\r\n");
    }
  }

  @Test
  void closeDelimitedBodyEndsWithTheConnection() throws IOException {
    upstream.enqueue(Script.of(UNTIL_CLOSE, new Step.Send("until the end")));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readHead()).contains("Connection: close\r\n").doesNotContain("Length");
      assertThat(client.readToEnd()).isEqualTo("until the end");
    }
  }

  @Test
  void piecesOfOneSizeAreChunksOfThatSize() throws IOException {
    upstream.enqueue(
        Script.of(
            CHUNKED, new Step.SendInPieces("abcde", 2), new Step.EndChunks(), new Step.Close()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      assertThat(client.readToEnd()).isEqualTo("2\r\nab\r\n2\r\ncd\r\n1\r\ne\r\n0\r\n\r\n");
    }
  }

  @Test
  void piecesOfGivenSizesAreChunksOfThoseSizesAndTheRest() throws IOException {
    upstream.enqueue(
        Script.of(
            CHUNKED,
            new Step.SendSizes("abcdef", List.of(1, 3)),
            new Step.EndChunks(),
            new Step.Close()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      assertThat(client.readToEnd()).isEqualTo("1\r\na\r\n3\r\nbcd\r\n2\r\nef\r\n0\r\n\r\n");
    }
  }

  @Test
  void unframedPiecesArriveInManyReads() throws IOException {
    upstream.enqueue(Script.of(UNTIL_CLOSE, new Step.SendInPieces("x".repeat(2_000), 1)));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      List<Integer> sizes = client.readSizesToEnd();
      assertThat(sizes).hasSizeGreaterThan(50);
      assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2_000);
    }
  }

  @Test
  void bytesBeforeAGateArriveWhileTheGateIsClosed() throws IOException {
    Gate gate = new Gate();
    upstream.enqueue(
        Script.of(
            UNTIL_CLOSE,
            new Step.Send("before"),
            new Step.AwaitGate(gate),
            new Step.Send("after")));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readUntil("before")).doesNotContain("after");
      assertThat(gate.isOpen()).isFalse();
      gate.open();
      assertThat(client.readToEnd()).isEqualTo("after");
    }
  }

  @Test
  void repeatSendsTheBytesTheGivenNumberOfTimes() throws IOException {
    upstream.enqueue(Script.of(UNTIL_CLOSE, new Step.Repeat("ab", 3)));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      assertThat(client.readToEnd()).isEqualTo("ababab");
    }
  }

  @Test
  void endlessRepeatGoesOnUntilThePeerCloses() throws IOException {
    upstream.enqueue(Script.of(CHUNKED, new Step.Repeat("ab", Step.Repeat.ENDLESS)));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      for (int chunk = 0; chunk < 10_000; chunk++) {
        assertThat(client.readUntil("ab\r\n")).isEqualTo("2\r\nab\r\n");
      }
      assertThat(upstream.connectionsOpen()).isEqualTo(1);
    }
    upstream.awaitConnectionsOpen(0, Duration.ofSeconds(5));
  }

  @Test
  void endlessRepeatEndsForAPeerThatFinishedSendingButStillReads() throws IOException {
    upstream.enqueue(Script.of(UNTIL_CLOSE, new Step.Repeat("ab", Step.Repeat.ENDLESS)));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      // It has begun, so that there is something to end.
      client.readUntil("abab");
      client.finishSending();
      assertThat(client.readToEnd().replace("ab", "")).isEmpty();
    }
  }

  @Test
  void aPieceDoesNotWaitForTheAcknowledgementOfThePieceBefore() throws IOException {
    upstream.onRequest(request -> Script.sse("1", "2"));

    try (RawClient client = RawClient.connect(upstream)) {
      long start = System.nanoTime();
      for (int round = 0; round < 50; round++) {
        client.get("/").readUntil("\r\n0\r\n\r\n");
      }
      // A peer that answers delays its acknowledgements by 40 ms, which would make two seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void rawBytesGoOutAsTheyAre() throws IOException {
    upstream.enqueue(Script.of(new Step.SendRaw("HTTP/1.1 2OO Broken\r\nno colon\r\n\r\n")));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readToEnd()).isEqualTo("HTTP/1.1 2OO Broken\r\nno colon\r\n\r\n");
    }
  }

  @Test
  void rawBytesCanBreakAChunk() throws IOException {
    upstream.enqueue(Script.of(CHUNKED, new Step.Send("good"), new Step.SendRaw("zz\r\nbad")));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      assertThat(client.readToEnd()).isEqualTo("4\r\ngood\r\nzz\r\nbad");
    }
  }

  @Test
  void rawBytesAfterACompleteAnswerAreFollowedByTheClose() throws IOException {
    upstream.enqueue(Script.json(200, "{}").then(new Step.SendRaw("too much")));

    try (RawClient client = RawClient.get(upstream, "/")) {
      assertThat(client.readToEnd()).endsWith("\r\n\r\n{}too much");
    }
  }
}
