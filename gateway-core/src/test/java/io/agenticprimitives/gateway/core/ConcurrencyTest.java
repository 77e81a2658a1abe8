package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.TestGateway.limited;
import static io.agenticprimitives.gateway.core.TestGateway.reading;
import static io.agenticprimitives.gateway.core.TestGateway.retrying;
import static io.agenticprimitives.gateway.core.TestGateway.target;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.answers;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.blocks;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import io.agenticprimitives.gateway.core.config.RetryConfig;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.agenticprimitives.gateway.core.pipeline.BlockingStream;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final Duration QUEUE_WAIT = Duration.ofSeconds(10);

  private final TestGateway gateway = new TestGateway();

  /// A call that has the first place of a backend and keeps it.
  private BackendCall occupy(ScriptedBackend backend) {
    backend.then(blocks(new BlockingStream(new Started("m"), new TextDelta("x"))));
    BackendCall call = gateway.call("");
    call.next();
    return call;
  }

  private void awaitQueued(int count) {
    while (gateway.service("a").pipeline().queued() != count) {
      Thread.onSpinWait();
    }
  }

  private void assertIdle() {
    // A deadline may be closing the stream, on a thread of its own.
    long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (gateway.service("a").pipeline().inFlight() > 0 && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    assertThat(gateway.service("a").pipeline().inFlight()).isZero();
    assertThat(gateway.service("a").pipeline().queued()).isZero();
  }

  @Test
  void whoWaitsLongestIsServedFirst() throws Exception {
    ScriptedBackend backend = gateway.backend("a", limited(1, 5));
    BackendCall first = occupy(backend);
    for (int i = 0; i < 5; i++) {
      backend.then(answers(String.valueOf(i)));
    }
    List<FutureTask<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(reading(gateway.call("")));
      awaitQueued(i + 1);
    }
    assertThat(backend.asked()).isEqualTo(1);

    first.close();

    for (int i = 0; i < 5; i++) {
      assertThat(waiting.get(i).get()).isEqualTo(String.valueOf(i));
    }
    assertIdle();
  }

  @Test
  void beyondTheQueueCallsAreRefusedAtOnce() throws Exception {
    ScriptedBackend backend = gateway.backend("a", limited(1, 1));
    BackendCall first = occupy(backend);
    FutureTask<String> queued = reading(gateway.call(""));
    awaitQueued(1);

    BackendCall shed = gateway.call("");
    assertThatThrownBy(shed::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            told -> {
              assertThat(told.kind()).isEqualTo(ErrorKind.OVERLOADED);
              assertThat(told.retryAfter()).contains(Duration.ofSeconds(1));
            })
        .hasMessage(
            "Backend 'a' is at its limit of 1 calls at once, and 1 more are waiting. Try again in a"
                + " moment.");
    assertThat(shed.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.SHED);

    first.close();
    assertThat(queued.get()).isEqualTo("well");
    assertIdle();
  }

  @Test
  void nobodyWaitsWhereNobodyMay() {
    BackendCall first = occupy(gateway.backend("a", limited(1, 0)));
    assertThatThrownBy(gateway.call("")::next).hasMessageContaining("at its limit of 1");
    first.close();
    assertIdle();
  }

  @Test
  void aWaitHasItsEnd() throws Exception {
    BackendCall first = occupy(gateway.backend("a", limited(1, 1)));
    FutureTask<String> queued = reading(gateway.call(""));
    gateway.clock.awaitAlarm(QUEUE_WAIT);
    gateway.clock.advance(QUEUE_WAIT);
    assertThatThrownBy(queued::get)
        .hasMessageContaining("no call ended within 10 s")
        .hasCauseInstanceOf(BackendException.class);
    assertThat(gateway.service("a").pipeline().queued()).isZero();
    first.close();
    assertIdle();
  }

  @Test
  void aCallerWhoLeavesTheQueueMakesRoomAtOnce() throws Exception {
    ScriptedBackend backend = gateway.backend("a", limited(1, 1));
    BackendCall first = occupy(backend);
    BackendCall second = gateway.call("");
    FutureTask<String> gone = reading(second);
    awaitQueued(1);

    second.close();

    assertThat(gateway.service("a").pipeline().queued()).isZero();
    assertThatThrownBy(gone::get).hasMessageContaining("given up");
    assertThat(second.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(second.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.CANCELLED);
    FutureTask<String> third = reading(gateway.call(""));
    awaitQueued(1);
    first.close();
    assertThat(third.get()).isEqualTo("well");
    assertThat(backend.asked()).isEqualTo(2);
    assertIdle();
  }

  @Test
  void whateverEndsAStreamFreesItsPlace() {
    ScriptedBackend backend = gateway.backend("a", limited(1, 0));
    backend.then(
        answers("well"),
        fails(ErrorKind.CUT),
        fails(new BackendException(ErrorKind.TIMEOUT, "Slow."), new Started("m")),
        _ -> {
          throw new BackendException(ErrorKind.UNSUPPORTED, "No.");
        },
        _ -> {
          throw new IllegalStateException("a fault of a plugin");
        });
    assertThat(Completion.of(gateway.call("")).text()).isEqualTo("well");
    assertIdle();
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> Completion.of(gateway.call("")))
          .isInstanceOf(BackendException.class);
      assertIdle();
    }
    BackendCall left = occupy(backend);
    assertThat(gateway.service("a").pipeline().inFlight()).isEqualTo(1);
    left.close();
    left.close();
    assertIdle();
  }

  @Test
  void waitingForAPlaceIsNotTheUpstreamsSilence() throws Exception {
    Duration second = Duration.ofSeconds(1);
    Timeouts timeouts = new Timeouts(second, second, second, Duration.ofMinutes(1));
    CallPolicy policy =
        new CallPolicy(
            timeouts,
            TestGateway.ONCE,
            new ConcurrencyConfig(Optional.of(1), 1, QUEUE_WAIT),
            TestGateway.NO_BREAKER);
    BackendCall first = occupy(gateway.backend("a", policy));
    FutureTask<String> queued = reading(gateway.call(""));
    gateway.clock.awaitAlarm(QUEUE_WAIT);
    gateway.clock.advance(Duration.ofSeconds(9));
    first.close();
    assertThat(queued.get()).isEqualTo("well");
  }

  @Test
  void waitingCountsTowardsTheWholeCall() throws Exception {
    Duration total = Duration.ofSeconds(4);
    // Another time than the queue's, so that their alarms can be told apart.
    Duration idle = Duration.ofSeconds(3);
    Timeouts timeouts = new Timeouts(total, total, idle, total);
    CallPolicy policy =
        new CallPolicy(
            timeouts,
            TestGateway.ONCE,
            new ConcurrencyConfig(Optional.of(1), 1, QUEUE_WAIT),
            TestGateway.NO_BREAKER);
    BackendCall first = occupy(gateway.backend("a", policy));
    gateway.clock.advance(Duration.ofSeconds(1));
    FutureTask<String> queued = reading(gateway.call(""));
    gateway.clock.awaitAlarm(total);
    gateway.clock.advance(total);
    assertThatThrownBy(queued::get).hasMessageContaining("no call ended within 4 s");
    first.close();
    assertIdle();
  }

  @Test
  void aCallThatIsRefusedIsNotTriedAgainButMayGoElsewhere() {
    CallPolicy impatient =
        new CallPolicy(
            Timeouts.DEFAULT,
            RetryConfig.DEFAULT,
            new ConcurrencyConfig(Optional.of(1), 0, QUEUE_WAIT),
            TestGateway.NO_BREAKER);
    BackendCall first = occupy(gateway.backend("a", impatient));
    gateway.backend("b", retrying(1));
    gateway.route("smart", true, target("a"), target("b"));

    BackendCall moved = gateway.call("smart");
    assertThat(Completion.of(moved).text()).isEqualTo("well");
    assertThat(moved.backend()).isEqualTo("b");

    assertThatThrownBy(gateway.call("a/m")::next).hasMessageContaining("at its limit");
    first.close();
  }
}
