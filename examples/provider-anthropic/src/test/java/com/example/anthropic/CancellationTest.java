package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A call that is given up is over at once, for the thread that waits and for the upstream.
class CancellationTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final ProviderUnderTest provider = new ProviderUnderTest();
  private final BlockingQueue<Throwable> ends = new ArrayBlockingQueue<>(1);

  /// The first call of a JVM loads the client's classes.
  @BeforeEach
  void warmUp() {
    provider.upstream.enqueue(Sse.complete(Sse.HELLO));
    provider.complete(Requests.HELLO);
    provider.sent();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private Thread pull(EventStream stream) {
    return Thread.ofVirtual()
        .start(
            () ->
                ends.add(
                    catchThrowableOfType(
                        BackendException.class,
                        () -> {
                          while (true) {
                            stream.next();
                          }
                        })));
  }

  private ErrorKind end() throws InterruptedException {
    Throwable end = ends.poll(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(end).isInstanceOf(BackendException.class);
    return ((BackendException) end).kind();
  }

  private void assertCloseReleases(EventStream stream) throws InterruptedException {
    pull(stream);
    RecordedRequest request = provider.sent();
    stream.close();
    assertThat(end()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(request.awaitPeerClosed(ProviderUnderTest.LIMIT)).isLessThan(AT_ONCE);
  }

  @Test
  void closeReleasesACallThatWaitsForTheHead() throws Exception {
    provider.upstream.enqueue(Script.of(new Step.Stall()));
    assertCloseReleases(provider.stream(Requests.HELLO));
  }

  @Test
  void closeReleasesACallThatWaitsForTheFirstEvent() throws Exception {
    provider.upstream.enqueue(
        Script.of(Step.Respond.chunked(200, "text/event-stream"), new Step.Stall()));
    assertCloseReleases(provider.stream(Requests.HELLO));
  }

  @Test
  void closeReleasesACallInTheMiddleOfItsAnswer() throws Exception {
    provider.upstream.enqueue(Sse.unfinished(List.of(Sse.START)).then(new Step.Stall()));
    EventStream stream = provider.stream(Requests.HELLO);
    assertThat(stream.next()).isInstanceOf(StreamEvent.Started.class);
    assertCloseReleases(stream);
  }

  @Test
  void closeReleasesACallThatWaitsForTheRestOfAnError() throws Exception {
    provider.upstream.enqueue(
        Script.of(Step.Respond.chunked(500, "application/json"), new Step.Stall()));
    EventStream stream = provider.stream(Requests.HELLO);
    pull(stream);
    RecordedRequest request = provider.sent();

    stream.close();

    assertThat(ends.poll(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
    assertThat(request.awaitPeerClosed(ProviderUnderTest.LIMIT)).isLessThan(AT_ONCE);
  }

  @Test
  void closeEndsAnUpstreamThatSendsAndSends() throws Exception {
    String delta =
        Sse.wire(Sse.block(0, "{\"type\":\"text\",\"text\":\"\"}", Sse.text("x".repeat(4000))));
    provider.upstream.enqueue(
        Sse.unfinished(List.of(Sse.START)).then(new Step.Repeat(delta, Step.Repeat.ENDLESS)));
    EventStream stream = provider.stream(Requests.HELLO);
    stream.next();
    RecordedRequest request = provider.sent();

    stream.close();

    assertThat(request.awaitPeerClosed(ProviderUnderTest.LIMIT)).isLessThan(AT_ONCE);
    assertThat(catchThrowableOfType(BackendException.class, stream::next).kind())
        .isEqualTo(ErrorKind.CANCELLED);
  }

  @Test
  void aStreamThatIsClosedUnusedSendsNothing() {
    long before = provider.upstream.requestCount();
    EventStream stream = provider.stream(Requests.HELLO);
    stream.close();

    assertThat(catchThrowableOfType(BackendException.class, stream::next).kind())
        .isEqualTo(ErrorKind.CANCELLED);
    assertThat(provider.upstream.requestCount()).isEqualTo(before);
  }

  @Test
  void anInterruptEndsAListOfModels() throws Exception {
    provider.upstream.enqueue(Script.of(new Step.Stall()));
    Thread asking =
        Thread.ofVirtual()
            .start(
                () ->
                    ends.add(
                        catchThrowableOfType(
                            BackendException.class, () -> provider.backend.models(provider.call))));
    RecordedRequest request = provider.sent();

    asking.interrupt();

    assertThat(end()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(request.awaitPeerClosed(ProviderUnderTest.LIMIT)).isLessThan(AT_ONCE);
  }

  @Test
  void closingTheBackendEndsItsConnectionsAndThreads() throws Exception {
    provider.upstream.enqueue(Script.of(new Step.Stall()));
    pull(provider.stream(Requests.HELLO));
    provider.sent();

    provider.backend.close();

    assertThat(ends.poll(5, TimeUnit.SECONDS)).isInstanceOf(BackendException.class);
    provider.upstream.awaitConnectionsOpen(0, ProviderUnderTest.LIMIT);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("HttpClient-"));
  }
}
