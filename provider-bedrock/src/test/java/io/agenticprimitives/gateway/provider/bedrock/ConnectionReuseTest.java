package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Connections are kept where that is safe, and a completion is asked for once.
class ConnectionReuseTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Step FRAMES =
      Step.Respond.chunked(200, "application/vnd.amazon.eventstream");
  private static final Step ANSWER =
      new Step.Send(
          new Frames().start().text(0, "Hi").blockStop(0).stop("end_turn").metadata().bytes());
  private static final Script STREAM = Script.of(FRAMES, ANSWER, new Step.EndChunks());

  private ScriptedUpstream upstream;
  private BedrockBackend backend;

  @BeforeEach
  void start() {
    upstream = ScriptedUpstream.start();
    backend = Setup.backend(Config.at(upstream.uri()).withKeys(), ServerCredentials.NEVER);
  }

  @AfterEach
  void stop() {
    backend.close();
    upstream.close();
  }

  private Answer ask() {
    try (EventStream events = backend.stream(Setup.streamed(), Caller.anonymous())) {
      return Answer.of(events::next);
    }
  }

  private int connection() {
    return upstream.takeRequest(SOON).connection();
  }

  /// The end of the body is read behind the back of the caller, so that the next call may come
  /// before it.
  @Test
  void streamsShareConnections() {
    upstream.onRequest(_ -> STREAM);
    Set<Integer> connections = new TreeSet<>();
    for (int i = 0; i < 50; i++) {
      assertThat(ask().text()).isEqualTo("Hi");
      connections.add(connection());
    }
    assertThat(connections).hasSizeLessThan(25);
  }

  @Test
  void refusalsLeaveTheConnectionUsable() {
    upstream.onRequest(_ -> Script.json(429, "{\"message\":\"slow down\"}"));
    for (int i = 0; i < 3; i++) {
      assertThat(ask().failed().kind()).isEqualTo(ErrorKind.RATE_LIMITED);
      assertThat(connection()).isOne();
    }
  }

  @Test
  void anAnswerThatStaysOpenBehindItsEndIsNotWaitedForNorReused() throws Exception {
    upstream.enqueue(Script.of(FRAMES, ANSWER, new Step.Stall()), STREAM);
    assertThat(ask().text()).isEqualTo("Hi");
    RecordedRequest first = upstream.takeRequest(SOON);
    assertThat(ask().text()).isEqualTo("Hi");
    assertThat(connection()).isNotEqualTo(first.connection());
    first.awaitPeerClosed(SOON);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aKeptConnectionThatEndedUnnoticedIsReplaced(boolean reset) {
    // The server ends the kept connection only when the next request is on its way, which is what
    // its end looks like to a client that has not noticed it.
    Script refusal = Script.json(400, "{\"message\":\"No\"}");
    upstream.enqueue(refusal, Script.of(reset ? new Step.Reset() : new Step.Close()), STREAM);
    assertThat(ask().failed()).hasMessage("No");
    assertThat(ask().text()).isEqualTo("Hi");
    assertThat(connection()).isEqualTo(1);
    assertThat(connection()).isEqualTo(1);
    assertThat(connection()).isEqualTo(2);
    assertThat(upstream.requestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aNewConnectionThatEndsIsAFailureAndNotAskedAgain(boolean reset) {
    upstream.onRequest(_ -> Script.of(reset ? new Step.Reset() : new Step.Close()));
    BackendException failure = ask().failed();
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(upstream.requestCount()).isOne();
  }

  @Test
  void aKeptConnectionThatEndsLateIsAFailureBecauseTheRequestMayBeWorkedOn() throws Exception {
    Gate gate = new Gate();
    upstream.enqueue(
        Script.json(400, "{\"message\":\"No\"}"),
        Script.of(new Step.AwaitGate(gate), new Step.Close()));
    assertThat(ask().failed()).hasMessage("No");
    connection();
    FutureTask<Answer> answer = new FutureTask<>(this::ask);
    Thread.ofVirtual().start(answer);
    connection();
    // Longer than a round trip takes.
    assertThat(new CountDownLatch(1).await(1500, TimeUnit.MILLISECONDS)).isFalse();
    gate.open();
    assertThat(answer.get(10, TimeUnit.SECONDS).failed().kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(upstream.requestCount()).isEqualTo(2);
  }

  /// The HTTP library would repeat these by itself.
  @ParameterizedTest
  @CsvSource({"408, 0", "503, 0", "429, 0", "500, 0", "408, 1"})
  void noStatusMakesTheLibraryAskAgain(int status, String retryAfter) {
    upstream.onRequest(
        _ -> Script.json(status, "{\"message\":\"busy\"}").withHeader("Retry-After", retryAfter));
    assertThat(ask().failed().upstream().status()).isEqualTo(status);
    assertThat(upstream.requestCount()).isOne();
  }

  /// The thread would keep an unloaded plugin in memory for a minute.
  @Test
  void noEndOfAnAnswerStartsTheTimerOfTheLibrary() {
    upstream.enqueue(
        STREAM,
        Script.of(FRAMES, ANSWER, new Step.Stall()),
        Script.of(FRAMES, new Step.Send(new Frames().start().bytes()), new Step.Reset()),
        Script.of(Step.Respond.chunked(500, "application/json"), new Step.Send("{}"))
            .then(new Step.Stall()),
        Script.of(FRAMES, new Step.Send(new Frames().start().bytes()), new Step.Stall()));
    ask();
    ask();
    assertThat(ask().failed().kind()).isEqualTo(ErrorKind.CUT);
    FutureTask<Answer> refused = new FutureTask<>(this::ask);
    Thread waiting = Thread.ofVirtual().start(refused);
    for (int i = 0; i < 4; i++) {
      connection();
    }
    waiting.interrupt();
    try (EventStream events = backend.stream(Setup.streamed(), Caller.anonymous())) {
      assertThat(events.next()).isInstanceOf(StreamEvent.Started.class);
    }
    backend.close();
    upstream.awaitConnectionsOpen(0, SOON);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("Okio Watchdog");
  }
}
