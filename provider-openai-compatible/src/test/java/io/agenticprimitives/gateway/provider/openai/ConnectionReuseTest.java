package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Connections are kept where that is safe, and a completion is asked for once.
class ConnectionReuseTest {
  private ScriptedUpstream upstream;
  private OpenAICompatibleBackend backend;

  @BeforeEach
  void open() {
    upstream = ScriptedUpstream.start();
    backend = TestConfig.of(upstream.uri()).open();
  }

  @AfterEach
  void close() {
    backend.close();
    upstream.close();
  }

  private EventStream stream() {
    return backend.stream(TestRequest.streamed().request(), TestCall.plain());
  }

  private EventStream whole() {
    return backend.stream(TestRequest.whole().request(), TestCall.plain());
  }

  private int connection() {
    return upstream.takeRequest(Pulling.AT_MOST).connection();
  }

  @Test
  void wholeAnswersShareAConnection() {
    upstream.onRequest(_ -> Scripts.WHOLE);
    for (int i = 0; i < 5; i++) {
      assertThat(Pulling.textOf(whole())).isEqualTo("Hello");
      assertThat(connection()).isOne();
    }
  }

  /// The end of the body is read behind the back of the caller, so that the next call may come
  /// before it.
  @Test
  void streamsShareAConnection() {
    upstream.onRequest(_ -> Scripts.STREAM);
    Set<Integer> connections = new TreeSet<>();
    for (int i = 0; i < 50; i++) {
      assertThat(Pulling.textOf(stream())).isEqualTo("Hello");
      connections.add(connection());
    }
    assertThat(connections).hasSizeLessThan(25);
  }

  @Test
  void errorsLeaveTheConnectionUsable() {
    upstream.onRequest(_ -> Scripts.error(429, "slow down"));
    for (int i = 0; i < 3; i++) {
      assertThat(Pulling.failureOf(stream()).kind()).isEqualTo(ErrorKind.RATE_LIMITED);
      assertThat(connection()).isOne();
    }
  }

  @Test
  void anAnswerThatStaysOpenBehindItsEndIsNotWaitedForNorReused() throws Exception {
    String events = Chunks.stream(Scripts.CHUNK, Scripts.FINISH, "[DONE]");
    upstream.enqueue(
        Script.of(Scripts.SSE, new Step.Send(events), new Step.Stall()), Scripts.STREAM);
    assertThat(Pulling.textOf(stream())).isEqualTo("Hello");
    RecordedRequest first = upstream.takeRequest(Pulling.AT_MOST);
    assertThat(Pulling.textOf(stream())).isEqualTo("Hello");
    assertThat(connection()).isNotEqualTo(first.connection());
    first.awaitPeerClosed(Pulling.AT_MOST);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aKeptConnectionThatEndedUnnoticedIsReplaced(boolean reset) {
    // The server ends the kept connection only when the next request is on its way, which is what
    // its end looks like to a client that has not noticed it.
    upstream.enqueue(
        Scripts.WHOLE, Script.of(reset ? new Step.Reset() : new Step.Close()), Scripts.STREAM);
    assertThat(Pulling.textOf(whole())).isEqualTo("Hello");
    assertThat(Pulling.textOf(stream())).isEqualTo("Hello");
    assertThat(upstream.requestCount()).isEqualTo(3);
    assertThat(connection()).isEqualTo(1);
    assertThat(connection()).isEqualTo(1);
    assertThat(connection()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aNewConnectionThatEndsIsAFailureAndNotAskedAgain(boolean reset) {
    upstream.onRequest(_ -> Script.of(reset ? new Step.Reset() : new Step.Close()));
    BackendException failure = Pulling.failureOf(stream());
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(failure.message()).contains("'mine'", "closed the connection");
    assertThat(upstream.requestCount()).isOne();
  }

  @Test
  void aSecondFailureInARowIsReported() {
    upstream.enqueue(
        Scripts.WHOLE, Script.of(new Step.Close()), Script.of(new Step.Close()), Scripts.WHOLE);
    assertThat(Pulling.textOf(whole())).isEqualTo("Hello");
    assertThat(Pulling.failureOf(whole()).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(upstream.requestCount()).isEqualTo(3);
  }

  @Test
  void aKeptConnectionThatEndsLateIsAFailureBecauseTheRequestMayBeWorkedOn() throws Exception {
    Gate gate = new Gate();
    upstream.enqueue(Scripts.WHOLE, Script.of(new Step.AwaitGate(gate), new Step.Close()));
    assertThat(Pulling.textOf(whole())).isEqualTo("Hello");
    Pulling pulling = Pulling.from(stream());
    connection();
    connection();
    // Longer than a round trip takes.
    assertThat(new CountDownLatch(1).await(1500, TimeUnit.MILLISECONDS)).isFalse();
    gate.open();
    assertThat(pulling.failure(Pulling.AT_MOST).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(upstream.requestCount()).isEqualTo(2);
  }

  /// The HTTP client would repeat these by itself.
  @ParameterizedTest
  @CsvSource({"408, 0", "503, 0", "429, 0", "500, 0", "408, 1"})
  void noStatusMakesTheClientAskAgain(int status, String retryAfter) {
    upstream.onRequest(_ -> Scripts.error(status, "busy").withHeader("Retry-After", retryAfter));
    assertThat(Pulling.failureOf(stream()).upstream().status()).isEqualTo(status);
    assertThat(upstream.requestCount()).isOne();
  }

  @Test
  void anAnswerThatBreaksOffIsNotAskedForAgain() {
    upstream.enqueue(Scripts.WHOLE);
    assertThat(Pulling.textOf(whole())).isEqualTo("Hello");
    upstream.onRequest(_ -> Script.sseUnfinished(Scripts.CHUNK).then(new Step.Close()));
    assertThat(Pulling.failureOf(stream()).kind()).isEqualTo(ErrorKind.CUT);
    assertThat(upstream.requestCount()).isEqualTo(2);
  }

  @Test
  void nothingIsLeftOpenWhenTheBackendIsClosed() {
    upstream.onRequest(_ -> Scripts.STREAM);
    for (int i = 0; i < 5; i++) {
      assertThat(Pulling.textOf(stream())).isEqualTo("Hello");
    }
    backend.close();
    upstream.awaitConnectionsOpen(0, Pulling.AT_MOST);
  }
}
