package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A call that is given up closes its connection at once, whatever it waits for.
class CancellationTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final Step.Respond HEAD =
      Step.Respond.chunked(200, "application/vnd.amazon.eventstream");

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

  private EventStream stream(Delivery delivery) {
    return backend.stream(Setup.request("", delivery), Caller.anonymous());
  }

  /// Reads on another thread until the stream fails.
  ///
  /// @param events how many events to wait for before the latch opens
  private static CompletableFuture<BackendException> read(
      EventStream stream, int events, CountDownLatch arrived) {
    CompletableFuture<BackendException> ended = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (int i = 0; ; i++) {
                  if (i == events) {
                    arrived.countDown();
                  }
                  stream.next();
                }
              } catch (BackendException failure) {
                ended.complete(failure);
              }
            });
    return ended;
  }

  private void assertClosesAtOnce(Delivery delivery, Script script, int events) throws Exception {
    upstream.enqueue(script);
    EventStream stream = stream(delivery);
    CountDownLatch arrived = new CountDownLatch(1);
    CompletableFuture<BackendException> ended = read(stream, events, arrived);
    RecordedRequest request = upstream.takeRequest(SOON);
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    stream.close();
    assertThat(request.awaitPeerClosed(SOON)).isLessThan(AT_ONCE);
    assertThat(ended.get(10, TimeUnit.SECONDS).kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThatThrownBy(stream::next).isInstanceOf(BackendException.class);
    stream.close();
  }

  @Test
  void beforeTheHeaders() throws Exception {
    assertClosesAtOnce(Delivery.STREAMED, Script.of(new Step.Stall()), 0);
    assertClosesAtOnce(Delivery.WHOLE, Script.of(new Step.Stall()), 0);
  }

  @Test
  void whileTheStreamIsSilent() throws Exception {
    byte[] frames = new Frames().start().text(0, "Hi").bytes();
    assertClosesAtOnce(
        Delivery.STREAMED, Script.of(HEAD, new Step.Send(frames), new Step.Stall()), 2);
  }

  @Test
  void insideAFrame() throws Exception {
    byte[] frames = new Frames().start().text(0, "Hi").bytes();
    byte[] cut = Arrays.copyOf(frames, frames.length - 5);
    assertClosesAtOnce(Delivery.STREAMED, Script.of(HEAD, new Step.Send(cut), new Step.Stall()), 1);
  }

  @Test
  void whileEventsCome() throws Exception {
    Payload frame = Payload.of(new Frames().text(0, "again ").bytes());
    assertClosesAtOnce(
        Delivery.STREAMED, Script.of(HEAD, new Step.Repeat(frame, Step.Repeat.ENDLESS)), 1000);
  }

  @Test
  void insideAWholeAnswer() throws Exception {
    assertClosesAtOnce(
        Delivery.WHOLE,
        Script.of(
            Step.Respond.contentLength(200, "application/json", 1000),
            new Step.Send("{\"output\":"),
            new Step.Stall()),
        0);
  }

  @Test
  void whenNobodyReads() {
    upstream.enqueue(
        Script.of(HEAD, new Step.Send(new Frames().start().bytes()), new Step.Stall()));
    EventStream stream = stream(Delivery.STREAMED);
    assertThat(stream.next()).isInstanceOf(StreamEvent.Started.class);
    RecordedRequest request = upstream.takeRequest(SOON);
    stream.close();
    assertThat(request.awaitPeerClosed(SOON)).isLessThan(AT_ONCE);
    assertThatThrownBy(stream::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
  }

  @Test
  void afterTheStopAndBeforeTheEnd() {
    byte[] frames = new Frames().start().text(0, "Hi").stop("end_turn").bytes();
    upstream.enqueue(Script.of(HEAD, new Step.Send(frames), new Step.Stall()));
    EventStream stream = stream(Delivery.STREAMED);
    stream.next();
    stream.next();
    RecordedRequest request = upstream.takeRequest(SOON);
    stream.close();
    assertThat(request.awaitPeerClosed(SOON)).isLessThan(AT_ONCE);
  }

  @Test
  void aLongStreamIsNotKept() {
    Payload large = Payload.of(new Frames().text(0, "x".repeat(1 << 20)).bytes());
    upstream.enqueue(
        Script.of(
            HEAD,
            new Step.Send(new Frames().start().bytes()),
            new Step.Repeat(large, 200),
            new Step.Send(new Frames().stop("end_turn").metadata().bytes()),
            new Step.EndChunks()));
    // 200 MiB pass through a heap in which they would not fit.
    try (EventStream stream = stream(Delivery.STREAMED)) {
      long length = 0;
      StreamEvent event = stream.next();
      while (!(event instanceof StreamEvent.Finished)) {
        length += event instanceof StreamEvent.TextDelta delta ? delta.text().length() : 0;
        event = stream.next();
      }
      assertThat(length).isEqualTo(200L << 20);
    }
  }
}
