package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Closing a stream ends the call at every stage: the connection upstream closes and whoever waits
/// is released.
class CancellationTest {
  private static final String EVENT = "data: " + Scripts.CHUNK + "\n\n";

  static List<Arguments> stages() {
    Step event = new Step.Send(EVENT);
    return List.of(
        Arguments.of("before the head", Script.of(new Step.Stall()), 0),
        Arguments.of("before the first event", Script.of(Scripts.SSE, new Step.Stall()), 0),
        Arguments.of("silent in the middle", Script.of(Scripts.SSE, event, new Step.Stall()), 2),
        Arguments.of(
            "inside an event",
            Script.of(Scripts.SSE, event, new Step.Send("data: {\"cho"), new Step.Stall()),
            2),
        Arguments.of(
            "in an error",
            Script.of(
                Step.Respond.contentLength(500, "text/plain", 100),
                new Step.Send("x"),
                new Step.Stall()),
            0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stages")
  void whoeverWaitsIsReleased(String stage, Script script, int events) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(script);
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain());
      Pulling.skip(stream, events);
      Pulling pulling = Pulling.from(stream);
      RecordedRequest request = upstream.takeRequest(Pulling.AT_MOST);
      stream.close();
      assertThat(request.awaitPeerClosed(Pulling.AT_ONCE)).isLessThan(Pulling.AT_ONCE);
      pulling.assertGivenUp();
      assertThatThrownBy(stream::next).isInstanceOf(BackendException.class);
    }
  }

  @Test
  void aBusyStreamIsEndedToo() throws Exception {
    Script busy = Script.of(Scripts.SSE, new Step.Repeat(EVENT, Step.Repeat.ENDLESS));
    try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(busy);
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain());
      stream.next();
      RecordedRequest request = upstream.takeRequest(Pulling.AT_MOST);
      stream.close();
      assertThat(request.awaitPeerClosed(Pulling.AT_ONCE)).isLessThan(Pulling.AT_ONCE);
      assertThatThrownBy(stream::next)
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
    }
  }

  @Test
  void aStreamThatWasClosedBeforeItBeganAsksNobody() {
    try (ScriptedUpstream upstream = ScriptedUpstream.start();
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain());
      stream.close();
      stream.close();
      assertThat(Pulling.failureOf(stream).kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(upstream.connectionsAccepted()).isZero();
    }
  }

  @Test
  void aCloseAfterTheEndLeavesTheConnectionToTheNextCall() {
    try (ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(_ -> Scripts.WHOLE);
        OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      for (int i = 0; i < 3; i++) {
        EventStream stream = backend.stream(TestRequest.whole().request(), TestCall.plain());
        while (!(stream.next() instanceof StreamEvent.Finished)) {
          assertThat(upstream.connectionsAccepted()).isOne();
        }
        stream.close();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
      }
      assertThat(upstream.connectionsAccepted()).isOne();
    }
  }

  @Test
  void aLookupOfTheHostIsGivenUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (OpenAICompatibleBackend backend =
        TestConfig.of("http://slow.example")
            .open(
                _ -> {
                  asked.countDown();
                  awaitQuietly(end);
                  return List.of();
                })) {
      EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain());
      Pulling pulling = Pulling.from(stream);
      asked.await();
      stream.close();
      pulling.assertGivenUp();
    } finally {
      end.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aConnectionThatIsBeingMadeIsGivenUp() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> queue = fill(full);
      try (OpenAICompatibleBackend backend =
          TestConfig.of("http://127.0.0.1:" + full.getLocalPort()).open()) {
        EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain());
        Pulling pulling = Pulling.from(stream);
        // Nothing shows when it waits.
        assertThat(new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)).isFalse();
        stream.close();
        pulling.assertGivenUp();
      } finally {
        for (Socket socket : queue) {
          socket.close();
        }
      }
    }
  }

  /// Connects until the server's queue is full, so that a further connection waits.
  static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> queue = new ArrayList<>();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 300);
        queue.add(socket);
      } catch (SocketTimeoutException isFull) {
        socket.close();
        return queue;
      }
    }
  }

  @Test
  void aHandshakeIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        OpenAICompatibleBackend backend =
            TestConfig.of("https://127.0.0.1:" + silent.getLocalPort()).open()) {
      EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain());
      Pulling pulling = Pulling.from(stream);
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().read()).isNotNegative();
        stream.close();
        pulling.assertGivenUp();
      }
    }
  }

  /// Whatever a close meets, the thread that pulls comes back and no connection is left over.
  @Test
  void aCloseAtAnyMomentIsSafe() throws Exception {
    Random random = new Random(7);
    try (ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(_ -> Scripts.STREAM)) {
      try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
        for (int i = 0; i < 300; i++) {
          EventStream stream = backend.stream(TestRequest.streamed().request(), TestCall.plain());
          FutureTask<Boolean> puller = new FutureTask<>(() -> pullAll(stream));
          Thread.ofVirtual().start(puller);
          for (int spins = random.nextInt(20_000); spins > 0; spins--) {
            Thread.onSpinWait();
          }
          stream.close();
          assertThat(puller.get(Pulling.AT_MOST.toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
        }
        EventStream last = backend.stream(TestRequest.streamed().request(), TestCall.plain());
        assertThat(Pulling.textOf(last)).isEqualTo("Hello");
      }
      upstream.awaitConnectionsOpen(0, Pulling.AT_MOST);
    }
  }

  /// @return whether the answer came to its end
  private static boolean pullAll(EventStream stream) {
    try {
      while (!(stream.next() instanceof StreamEvent.Finished)) {
        Thread.onSpinWait();
      }
      return true;
    } catch (BackendException closed) {
      assertThat(closed.kind()).isEqualTo(ErrorKind.CANCELLED);
      return false;
    }
  }
}
