package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.TestGateway.BARE;
import static io.agenticprimitives.gateway.core.TestGateway.breaking;
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
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.agenticprimitives.gateway.core.pipeline.BlockingStream;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitBreakerTest {
  private static final BreakerConfig BREAKER =
      new BreakerConfig(true, 50, 4, Duration.ofSeconds(30), Duration.ofSeconds(10), 2);

  private static final Duration OPEN_TIME_OVER = Duration.ofMillis(10_001);

  private final TestGateway gateway = new TestGateway();
  private final ScriptedBackend backend = gateway.backend("a", breaking(BREAKER));

  private void callAndFail(ErrorKind kind, int times) {
    for (int i = 0; i < times; i++) {
      backend.then(fails(kind));
      assertThatThrownBy(gateway.call("")::next).isInstanceOf(BackendException.class);
    }
  }

  private void open() {
    callAndFail(ErrorKind.UPSTREAM_FAILURE, 4);
    assertThat(state()).isEqualTo("open");
  }

  private String state() {
    return gateway.service("a").pipeline().circuitBreaker();
  }

  private static void assertServes(BackendCall call) {
    assertThat(Completion.of(call).text()).isEqualTo("well");
  }

  @Test
  void aBackendThatKeepsFailingIsLeftAlone() {
    open();
    gateway.clock.advance(Duration.ofSeconds(4));
    BackendCall refused = gateway.call("");
    assertThatThrownBy(refused::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            told -> {
              assertThat(told.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
              assertThat(told.retryAfter()).contains(Duration.ofSeconds(6));
            })
        .hasMessage(
            "Backend 'a' is left alone for a moment, because its calls keep failing (last: upstream"
                + " failure).");
    assertThat(refused.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.SHED);
    assertThat(backend.asked()).isEqualTo(4);
  }

  @Test
  void itIsTriedOutAndThenServesAgain() {
    open();
    gateway.clock.advance(OPEN_TIME_OVER);
    assertServes(gateway.call(""));
    assertThat(state()).isEqualTo("half_open");
    assertServes(gateway.call(""));
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void onlySoManyTryItOut() throws Exception {
    open();
    gateway.clock.advance(OPEN_TIME_OVER);
    BlockingStream silent = new BlockingStream();
    backend.then(blocks(silent), blocks(new BlockingStream()));
    BackendCall one = gateway.call("");
    BackendCall two = gateway.call("");
    FutureTask<String> first = TestGateway.reading(one);
    silent.awaitWaiting();
    FutureTask<String> second = TestGateway.reading(two);
    while (backend.asked() < 6) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(gateway.call("")::next).hasMessageContaining("left alone");

    one.close();
    two.close();
    assertThatThrownBy(first::get).hasMessageContaining("given up");
    assertThatThrownBy(second::get).hasMessageContaining("given up");
    // Their leaving said nothing, and others try it out instead.
    assertServes(gateway.call(""));
    assertServes(gateway.call(""));
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void aLongAnswerDoesNotKeepOthersWaiting() {
    open();
    gateway.clock.advance(OPEN_TIME_OVER);
    backend.then(
        blocks(new BlockingStream(new Started("m"))), blocks(new BlockingStream(new Started("m"))));
    BackendCall one = gateway.call("");
    BackendCall two = gateway.call("");
    one.next();
    two.next();
    assertThat(state()).isEqualTo("closed");
    one.close();
    two.close();
  }

  @Test
  void anotherFailureLeavesItAloneOnceMore() {
    open();
    gateway.clock.advance(OPEN_TIME_OVER);
    callAndFail(ErrorKind.UNREACHABLE, 2);
    assertThat(state()).isEqualTo("open");
    assertThatThrownBy(gateway.call("")::next).hasMessageContaining("last: unreachable");
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void onlyWhatTheUpstreamIsToBlameForCounts(ErrorKind kind) {
    Set<ErrorKind> counted =
        EnumSet.of(
            ErrorKind.UNREACHABLE,
            ErrorKind.UPSTREAM_FAILURE,
            ErrorKind.CUT,
            ErrorKind.OVERLOADED,
            ErrorKind.TIMEOUT);
    callAndFail(kind, 4);
    assertThat(state()).isEqualTo(counted.contains(kind) ? "open" : "closed");
  }

  @Test
  void aStreamThatIsCutLaterCounts() {
    for (int i = 0; i < 4; i++) {
      backend.then(fails(new BackendException(ErrorKind.CUT, "Cut."), new Started("m")));
      BackendCall call = gateway.call("");
      call.next();
      assertThatThrownBy(call::next).hasMessageContaining("Cut.");
    }
    assertThat(state()).isEqualTo("open");
  }

  @Test
  void callersWhoLeaveDoNotCount() throws Exception {
    for (int i = 0; i < 10; i++) {
      BlockingStream silent = new BlockingStream();
      backend.then(blocks(silent));
      BackendCall call = gateway.call("");
      FutureTask<String> answer = TestGateway.reading(call);
      silent.awaitWaiting();
      call.close();
      assertThatThrownBy(answer::get).hasMessageContaining("given up");
    }
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void callersWhoReadSlowlyUntilTheirTimeIsUpDoNotCount() {
    Duration second = Duration.ofSeconds(1);
    ScriptedBackend slow =
        gateway.backend(
            "slow",
            new CallPolicy(
                new Timeouts(second, second, second, second),
                TestGateway.ONCE,
                TestGateway.NO_LIMIT,
                BREAKER));
    for (int i = 0; i < 10; i++) {
      slow.then(blocks(new BlockingStream(new Started("m"))));
      BackendCall call = gateway.call("slow/m");
      call.next();
      gateway.clock.advance(second);
      assertThatThrownBy(call::next).hasMessageContaining("did not finish within 1 s");
    }
    assertThat(gateway.service("slow").pipeline().circuitBreaker()).isEqualTo("closed");
  }

  @Test
  void anotherTargetServesMeanwhile() {
    open();
    gateway.backend("b", BARE);
    gateway.route("smart", true, target("a"), target("b"));
    BackendCall call = gateway.call("smart");
    assertServes(call);
    assertThat(call.backend()).isEqualTo("b");
  }

  @Test
  void oldFailuresAreForgotten() {
    callAndFail(ErrorKind.UPSTREAM_FAILURE, 3);
    gateway.clock.advance(Duration.ofSeconds(31));
    callAndFail(ErrorKind.UPSTREAM_FAILURE, 3);
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void itCanBeSwitchedOff() {
    ScriptedBackend bare = gateway.backend("bare", BARE);
    for (int i = 0; i < 50; i++) {
      bare.then(fails(ErrorKind.UPSTREAM_FAILURE));
      assertThatThrownBy(gateway.call("bare/m")::next).hasMessageContaining("UPSTREAM_FAILURE");
    }
    bare.then(answers("well"));
    assertServes(gateway.call("bare/m"));
    assertThat(gateway.service("bare").pipeline().circuitBreaker()).isEqualTo("disabled");
  }
}
