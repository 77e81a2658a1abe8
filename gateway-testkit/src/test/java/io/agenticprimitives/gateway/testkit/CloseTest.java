package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nothing survives the close of a server, whatever it is doing.
class CloseTest {
  private static final Duration LONG = Duration.ofSeconds(5);

  @TempDir private Path directory;

  @Test
  @Timeout(30)
  void noThreadAndNoConnectionSurvives() throws Exception {
    ScriptedUpstream upstream = ScriptedUpstream.start();
    String threadName = "scripted-upstream-" + upstream.port() + "-";
    CountDownLatch computing = new CountDownLatch(1);
    Step head = Step.Respond.chunked(200, "text/plain");
    upstream
        .on("GET", "/stall", Script.of(new Step.Stall()))
        .on("GET", "/gate", Script.of(head, new Step.AwaitGate(new Gate())))
        .on("GET", "/flood", Script.of(head, new Step.Repeat("x".repeat(999), Long.MAX_VALUE)))
        .on("GET", "/idle", Script.json(200, "{}"))
        .onRequest(request -> neverAnswered(computing));

    try (RawClient stalled = RawClient.get(upstream, "/stall");
        RawClient waiting = RawClient.get(upstream, "/gate");
        RawClient flooded = RawClient.get(upstream, "/flood");
        RawClient idle = RawClient.get(upstream, "/idle");
        RawClient computed = RawClient.get(upstream, "/computed");
        RawClient silent = RawClient.connect(upstream)) {
      computing.await();
      flooded.readHead();
      idle.readUntil("{}");
      upstream.awaitConnectionsOpen(6, LONG);
      assertThat(threadDump("before")).contains(threadName);

      upstream.close();

      assertThat(threadDump("after")).doesNotContain(threadName);
      assertThat(upstream.connectionsOpen()).isZero();
      assertThat(stalled.readToEnd()).isEmpty();
      assertThat(waiting.readToEnd()).endsWith("\r\n\r\n");
      assertThat(idle.readToEnd()).isEmpty();
      assertThat(computed.readToEnd()).isEmpty();
      assertThat(silent.readToEnd()).isEmpty();
    }
    assertThatThrownBy(() -> RawClient.connect(upstream)).isInstanceOf(ConnectException.class);
  }

  @Test
  @Timeout(30)
  void aPeerThatFinishedSendingAndReadsNothingDoesNotHoldUpTheClose() throws IOException {
    ScriptedUpstream upstream = ScriptedUpstream.start();
    String threadName = "scripted-upstream-" + upstream.port() + "-";
    Step head = Step.Respond.chunked(200, "text/plain");
    upstream.enqueue(Script.of(head, new Step.Send("x".repeat(50_000_000)), new Step.EndChunks()));

    try (RawClient client = RawClient.get(upstream, "/")) {
      client.readHead();
      client.finishSending();
      upstream.takeRequest(LONG).awaitPeerClosed(LONG);

      upstream.close();

      assertThat(threadDump("after")).doesNotContain(threadName);
    }
  }

  @Test
  @Timeout(30)
  void aPeerThatNeverStartsItsTlsHandshakeDoesNotHoldUpTheClose() throws IOException {
    ScriptedUpstream upstream = ScriptedUpstream.startTls();
    String threadName = "scripted-upstream-" + upstream.port() + "-";

    try (RawClient client = RawClient.connect(upstream)) {
      upstream.awaitConnectionsOpen(1, LONG);

      upstream.close();

      assertThat(threadDump("after")).doesNotContain(threadName);
      assertThat(client.readToEnd()).isEmpty();
    }
    assertThat(upstream.failures()).isEmpty();
  }

  @Test
  void closingTwiceOrWhileInterruptedIsHarmless() throws IOException {
    ScriptedUpstream upstream = ScriptedUpstream.start();
    String threadName = "scripted-upstream-" + upstream.port() + "-";
    Thread.currentThread().interrupt();

    upstream.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(threadDump("after")).doesNotContain(threadName);
    upstream.close();
  }

  private static Script neverAnswered(CountDownLatch computing) {
    computing.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Script.json(200, "too late");
  }

  /// The only dump that shows virtual threads.
  private String threadDump(String name) throws IOException {
    Path file = directory.resolve(name + ".json");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
    return Files.readString(file);
  }
}
