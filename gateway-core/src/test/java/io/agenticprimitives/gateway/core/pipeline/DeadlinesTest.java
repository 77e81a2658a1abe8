package io.agenticprimitives.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Finished;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.config.Timeouts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final DeadlineTimer timer = new DeadlineTimer();

  @AfterEach
  void closeTimer() {
    timer.close();
  }

  private EventStream guarded(
      EventStream events, Duration firstEvent, Duration idle, Duration total, Delivery delivery) {
    Timeouts timeouts = new Timeouts(LONG, firstEvent, idle, total);
    return new Deadlines("local", timeouts, timer, (_, _) -> events)
        .stream(new CompletionQuestion(Calls.request(delivery)), Calls.begun(timer));
  }

  private static void assertTimesOut(EventStream stream, String message) {
    assertThatThrownBy(() -> Completion.of(stream))
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT))
        .hasMessage(message);
  }

  @Test
  void silenceBeforeTheFirstEventEndsTheCall() {
    BlockingStream silent = new BlockingStream();
    assertTimesOut(
        guarded(silent, SHORT, LONG, LONG, Delivery.STREAMED),
        "Backend 'local' sent nothing for 50 ms (its deadline 'first_event').");
    assertThat(silent.isClosed()).isTrue();
  }

  @Test
  void silenceBetweenEventsEndsTheCall() {
    BlockingStream silent = new BlockingStream(new Started("m"), new TextDelta("x"));
    assertTimesOut(
        guarded(silent, LONG, SHORT, LONG, Delivery.STREAMED),
        "Backend 'local' fell silent for 50 ms (its deadline 'idle').");
    assertThat(silent.isClosed()).isTrue();
  }

  @Test
  void theTotalTimeEndsTheCall() {
    assertTimesOut(
        guarded(new BlockingStream(), LONG, LONG, SHORT, Delivery.STREAMED),
        "Backend 'local' did not finish within 50 ms (its deadline 'total').");
  }

  @Test
  void aWholeAnswerHasTheTotalTime() {
    assertTimesOut(
        guarded(
            new BlockingStream(),
            Duration.ofMillis(1),
            LONG,
            Duration.ofSeconds(1),
            Delivery.WHOLE),
        "Backend 'local' did not finish within 1 s (its deadline 'total').");
  }

  @Test
  void aSlowReaderIsNotTheUpstreamsFault() throws Exception {
    BlockingStream events =
        new BlockingStream(
            new Started("m"), new Finished(StopReason.END_TURN, "stop", Usage.UNKNOWN));
    EventStream stream = guarded(events, SHORT, SHORT, LONG, Delivery.STREAMED);
    stream.next();
    // Longer than the idle deadline, while nobody waits for the upstream.
    timer.schedule(() -> {}, TimeUnit.MILLISECONDS.toNanos(200)).get();
    assertThat(stream.next()).isInstanceOf(Finished.class);
    assertThat(events.isClosed()).isFalse();
  }
}
