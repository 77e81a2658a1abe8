package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.TestGateway.reading;
import static io.agenticprimitives.gateway.core.TestGateway.retrying;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.answers;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import io.agenticprimitives.gateway.core.config.RetryConfig;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryTest {
  private final TestGateway gateway = new TestGateway();

  @Test
  void aFailureThatMayPassIsTriedAgainAfterAWaitOfChance() throws Exception {
    ScriptedBackend backend = gateway.backend("a", retrying(3));
    backend.then(fails(ErrorKind.UPSTREAM_FAILURE), fails(ErrorKind.UNREACHABLE), answers("well"));
    BackendCall call = gateway.call("");
    FutureTask<String> answer = reading(call);

    // Half of the longest wait, which doubles.
    wake(Duration.ofMillis(250));
    wake(Duration.ofMillis(500));

    assertThat(answer.get()).isEqualTo("well");
    assertThat(call.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.FINISHED);
    assertThat(call.attempts().getFirst().failure()).contains(ErrorKind.UPSTREAM_FAILURE);
    assertThat(call.attempts().getFirst().detail()).contains("It is UPSTREAM_FAILURE.");
    assertThat(call.outcome()).isEqualTo(Outcome.FINISHED);
  }

  private void wake(Duration delay) throws InterruptedException {
    gateway.clock.awaitAlarm(delay);
    gateway.clock.advance(delay);
  }

  @Test
  void theLongestWaitIsNotExceeded() throws Exception {
    RetryConfig retry = new RetryConfig(10, Duration.ofSeconds(1), Duration.ofSeconds(4));
    ScriptedBackend backend = gateway.backend("a", retrying(retry));
    for (int i = 0; i < 9; i++) {
      backend.then(fails(ErrorKind.OVERLOADED));
    }
    FutureTask<String> answer = reading(gateway.call(""));
    wake(Duration.ofMillis(500));
    wake(Duration.ofSeconds(1));
    for (int i = 2; i < 9; i++) {
      wake(Duration.ofSeconds(2));
    }
    assertThat(answer.get()).isEqualTo("well");
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void onlyWhatMayPassIsTriedAgain(ErrorKind kind) throws Exception {
    ScriptedBackend backend = gateway.backend("a", retrying(2));
    backend.then(fails(kind));
    FutureTask<String> answer = reading(gateway.call(""));
    if (kind.retryable()) {
      wake(Duration.ofMillis(250));
      assertThat(answer.get()).isEqualTo("well");
    } else {
      assertThatThrownBy(answer::get).hasMessageContaining("It is " + kind);
      assertThat(backend.asked()).isEqualTo(1);
    }
  }

  @Test
  void whatIsStillWrongAfterTheLastAttemptIsTold() throws Exception {
    gateway
        .backend("a", retrying(2))
        .then(fails(ErrorKind.UNREACHABLE), fails(ErrorKind.UPSTREAM_FAILURE));
    BackendCall call = gateway.call("");
    FutureTask<String> answer = reading(call);
    wake(Duration.ofMillis(250));
    assertThatThrownBy(answer::get).hasMessageContaining("It is UPSTREAM_FAILURE.");
    assertThat(call.attempts()).hasSize(2);
    assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void nothingIsTriedAgainOnceAnEventIsOut() {
    ScriptedBackend backend = gateway.backend("a", retrying(3));
    backend.then(fails(new BackendException(ErrorKind.CUT, "It was cut."), new Started("m")));
    BackendCall call = gateway.call("");
    assertThat(call.next()).isEqualTo(new Started("m"));
    assertThatThrownBy(call::next).hasMessageContaining("It was cut.");
    assertThat(backend.asked()).isEqualTo(1);
    assertThat(call.outcome()).isEqualTo(Outcome.CUT);
    assertThatThrownBy(call::next).isInstanceOf(IllegalStateException.class);
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  void anUpstreamIsNotAskedBeforeItWantsToBe() throws Exception {
    gateway.backend("a", retrying(2)).then(fails(ErrorKind.RATE_LIMITED, Duration.ofSeconds(7)));
    FutureTask<String> answer = reading(gateway.call(""));
    // And a little more, so that not all come back together.
    wake(Duration.ofMillis(7250));
    assertThat(answer.get()).isEqualTo("well");
  }

  @Test
  void anUpstreamThatWantsToBeLeftAloneForLongIsNotWaitedFor() {
    ScriptedBackend backend = gateway.backend("a", retrying(2));
    backend.then(fails(ErrorKind.RATE_LIMITED, Duration.ofSeconds(11)));
    assertThatThrownBy(gateway.call("")::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            told -> assertThat(told.retryAfter()).contains(Duration.ofSeconds(11)));
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  void aWaitThatOutlivesTheDeadlineIsNotBegun() {
    Duration second = Duration.ofSeconds(1);
    ScriptedBackend backend =
        gateway.backend(
            "a",
            new CallPolicy(
                new Timeouts(second, second, second, Duration.ofSeconds(3)),
                RetryConfig.DEFAULT,
                ConcurrencyConfig.DEFAULT,
                BreakerConfig.DEFAULT));
    backend.then(fails(ErrorKind.OVERLOADED, Duration.ofSeconds(3)));
    assertThatThrownBy(gateway.call("")::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            told -> assertThat(told.retryAfter()).contains(Duration.ofSeconds(3)));
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  void aCallerWhoLeavesBetweenTwoAttemptsEndsTheCall() throws Exception {
    ScriptedBackend backend = gateway.backend("a", retrying(2));
    backend.then(fails(ErrorKind.UNREACHABLE));
    BackendCall call = gateway.call("");
    FutureTask<String> answer = reading(call);
    gateway.clock.awaitAlarm(Duration.ofMillis(250));

    call.close();

    assertThatThrownBy(answer::get)
        .hasCauseInstanceOf(BackendException.class)
        .hasMessageContaining("given up");
    assertThat(backend.asked()).isEqualTo(1);
    assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(call.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.FAILED);
    assertThat(gateway.clock.hasAlarms()).isFalse();
  }

  @Test
  void aFailedAttemptsAdjustmentsAreNotReported() throws Exception {
    gateway
        .backend("a", retrying(2))
        .then(
            call -> {
              call.adjusted("seed", CallContext.Action.DROPPED, "No seed.");
              return fails(ErrorKind.UNREACHABLE).open(call);
            },
            call -> {
              call.adjusted("top_k", CallContext.Action.DROPPED, "No top_k.");
              return answers("well").open(call);
            });
    BackendCall call = gateway.call("");
    FutureTask<String> answer = reading(call);
    wake(Duration.ofMillis(250));
    assertThat(answer.get()).isEqualTo("well");
    assertThat(call.adjustments()).extracting(Adjustment::path).containsExactly("top_k");
  }

  @Test
  void anInterruptedCallEnds() throws Exception {
    gateway.backend("a", retrying(2)).then(fails(ErrorKind.UNREACHABLE));
    BackendCall call = gateway.call("");
    FutureTask<Boolean> left = new FutureTask<>(() -> endsInterrupted(call));
    Thread reader = Thread.ofVirtual().start(left);
    gateway.clock.awaitAlarm(Duration.ofMillis(250));
    reader.interrupt();
    assertThat(left.get()).isTrue();
    assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  private static boolean endsInterrupted(BackendCall call) {
    assertThatThrownBy(() -> Completion.of(call)).hasMessageContaining("given up");
    return Thread.interrupted();
  }
}
