package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeavingCallerTest {
  /// Typically; a busy machine may take longer now and then.
  private static final Duration NOTICED_WITHIN = Duration.ofMillis(100);

  private static final Duration NOTICED_AT_ALL = Duration.ofSeconds(5);

  private final BlockingQueue<ManualStream> streams = new LinkedBlockingQueue<>();

  /// A model that says nothing until it is told to.
  private FakeModel silentModel() {
    return FakeModel.of(
        (_, _) -> {
          ManualStream stream = new ManualStream();
          streams.add(stream);
          return stream;
        });
  }

  private ManualStream nextStream() throws InterruptedException {
    ManualStream stream = streams.poll(10, TimeUnit.SECONDS);
    assertThat(stream).as("the backend is called").isNotNull();
    stream.awaitAsked();
    return stream;
  }

  @ParameterizedTest
  @ValueSource(strings = {ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM})
  void aCallerWhoClosesWhileTheModelThinksEndsTheCall(String path) throws Exception {
    List<Duration> delays = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.start(silentModel())) {
      for (int i = 0; i < 21; i++) {
        RawConnection connection = server.connect().post(path, ServerUnderTest.HELLO);
        ManualStream stream = nextStream();
        long left = System.nanoTime();
        connection.close();
        delays.add(stream.awaitClosed(left));
      }
    }
    assertThat(delays.stream().sorted().toList().get(10)).isLessThan(NOTICED_WITHIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {ServerUnderTest.COMPLETIONS, ServerUnderTest.STREAM})
  void aCallerWhoIsCutOffEndsTheCall(String path) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(silentModel())) {
      RawConnection connection = server.connect().post(path, ServerUnderTest.HELLO);
      ManualStream stream = nextStream();
      long left = System.nanoTime();
      connection.reset();
      assertThat(stream.awaitClosed(left)).isLessThan(NOTICED_AT_ALL);
    }
  }

  @Test
  void aCallerWhoClosesInTheMiddleOfAStreamEndsTheCall() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(silentModel())) {
      RawConnection connection =
          server.connect().post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
      ManualStream stream = nextStream();
      stream.emit(Events.started(), Events.text("Hi"));
      connection.readUntil("\"delta\":\"Hi\"}\n\n");
      long left = System.nanoTime();
      connection.close();
      assertThat(stream.awaitClosed(left)).isLessThan(NOTICED_AT_ALL);
    }
  }

  @Test
  void aCallerWhoClosesOnlyItsSendingHalfIsGoneTooAndHearsNothing() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(silentModel());
        RawConnection connection =
            server.connect().post(ServerUnderTest.STREAM, ServerUnderTest.HELLO)) {
      ManualStream stream = nextStream();
      long left = System.nanoTime();
      connection.shutdownOutput();
      assertThat(stream.awaitClosed(left)).isLessThan(NOTICED_AT_ALL);
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void aCallerWhoClosesOnAConnectionThatServedBeforeEndsTheCall() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(silentModel())) {
      RawConnection connection = server.connect();
      for (int i = 0; i < 3; i++) {
        connection.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
        nextStream().emit(Events.started(), Events.finished());
        assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ");
      }
      connection.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      ManualStream stream = nextStream();
      long left = System.nanoTime();
      connection.close();
      assertThat(stream.awaitClosed(left)).isLessThan(NOTICED_AT_ALL);
    }
  }

  @Test
  void whoeverAsksForModelsAndLeavesInterruptsTheAsking() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    BlockingQueue<Long> interrupted = new LinkedBlockingQueue<>();
    FakeModel model =
        FakeModel.listing(
            _ -> {
              asked.countDown();
              try {
                new CountDownLatch(1).await();
                return List.of();
              } catch (InterruptedException given) {
                interrupted.add(System.nanoTime());
                throw new BackendException(ErrorKind.CANCELLED, "interrupted");
              }
            });
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      RawConnection connection = server.connect();
      connection.send("GET /api/v1/llm/models HTTP/1.1\r\nHost: g\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      long left = System.nanoTime();
      connection.close();
      Long at = interrupted.poll(10, TimeUnit.SECONDS);
      assertThat(at).isNotNull();
      assertThat(Duration.ofNanos(at - left)).isLessThan(NOTICED_AT_ALL);
    }
  }

  @Test
  void aCallerWhoSendsItsNextRequestAheadIsServedBoth() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(silentModel());
        RawConnection connection = server.connect()) {
      connection.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      ManualStream first = nextStream();
      connection.post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      awaitTicks(server);
      assertThat(first.isClosed()).isFalse();
      first.emit(Events.started(), Events.text("one"), Events.finished());
      assertThat(connection.readAnswer()).contains("one");
      nextStream().emit(Events.started(), Events.text("two"), Events.finished());
      assertThat(connection.readAnswer()).contains("two");
    }
  }

  /// Waits until the watcher has certainly looked at every call that is there now: it notices
  /// another caller who leaves.
  private void awaitTicks(ServerUnderTest server) throws Exception {
    for (int i = 0; i < 2; i++) {
      RawConnection other =
          server.connect().post(ServerUnderTest.COMPLETIONS, ServerUnderTest.HELLO);
      ManualStream stream = nextStream();
      other.close();
      stream.awaitClosed(System.nanoTime());
    }
  }

  @Test
  void manyWhoLeaveAtOnceAreAllNoticed() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(silentModel())) {
      List<RawConnection> connections =
          IntStream.range(0, 50)
              .mapToObj(
                  _ -> {
                    try {
                      return server.connect().post(ServerUnderTest.STREAM, ServerUnderTest.HELLO);
                    } catch (IOException failure) {
                      throw new UncheckedIOException(failure);
                    }
                  })
              .toList();
      List<ManualStream> waiting = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        waiting.add(nextStream());
      }
      for (RawConnection connection : connections) {
        connection.close();
      }
      for (ManualStream stream : waiting) {
        stream.awaitClosed(System.nanoTime());
      }
    }
  }
}
