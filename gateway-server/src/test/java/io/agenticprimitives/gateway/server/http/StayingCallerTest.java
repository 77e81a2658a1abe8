package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The other side of noticing callers who leave: nobody who stays is ever taken for one.
class StayingCallerTest {
  @Test
  void nobodyWhoStaysIsCancelledInFiveThousandRequests() throws Exception {
    AtomicInteger closedEarly = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    FakeModel model =
        FakeModel.of(
            (_, _) -> {
              // Every 50th answer takes longer than the watcher's tick, so that all of its ways are
              // walked.
              boolean slow = count.incrementAndGet() % 50 == 0;
              return new SlowStream(slow ? 120 : 0, closedEarly);
            });
    try (ServerUnderTest server = ServerUnderTest.start(model)) {
      List<Thread> callers =
          IntStream.range(0, 10)
              .mapToObj(caller -> Thread.ofVirtual().start(() -> call(server, caller)))
              .toList();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(closedEarly).hasValue(0);
      assertThat(served).hasValue(5_000);
    }
  }

  private final AtomicInteger served = new AtomicInteger();

  private void call(ServerUnderTest server, int caller) {
    String path = caller % 2 == 0 ? ServerUnderTest.COMPLETIONS : ServerUnderTest.STREAM;
    try (RawConnection connection = server.connect()) {
      for (int i = 0; i < 500; i++) {
        connection.post(path, ServerUnderTest.HELLO);
        String answer =
            caller % 2 == 0 ? connection.readAnswer() : connection.readUntil("\r\n0\r\n\r\n");
        if (answer.startsWith("HTTP/1.1 200 ") && answer.contains("end_turn")) {
          served.incrementAndGet();
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A stream whose first event comes after a while, and which notices being closed before its end.
  private static final class SlowStream implements EventStream {
    private final EventStream events =
        EventStream.of(List.of(Events.started(), Events.text("Hi"), Events.finished()));
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int millis;
    private final AtomicInteger closedEarly;
    private int taken;

    SlowStream(int millis, AtomicInteger closedEarly) {
      this.millis = millis;
      this.closedEarly = closedEarly;
    }

    @Override
    public StreamEvent next() {
      try {
        if (taken++ == 0 && millis > 0 && closed.await(millis, TimeUnit.MILLISECONDS)) {
          closedEarly.incrementAndGet();
        }
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
      return events.next();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
