package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.TestGateway.BARE;
import static io.agenticprimitives.gateway.core.TestGateway.reading;
import static io.agenticprimitives.gateway.core.TestGateway.retrying;
import static io.agenticprimitives.gateway.core.TestGateway.target;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.answers;
import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import io.agenticprimitives.gateway.core.config.RetryConfig;
import io.agenticprimitives.gateway.core.config.RouteConfig;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FallbackTest {
  private final TestGateway gateway = new TestGateway();

  @Test
  void theNextTargetServesWhatTheFirstCannot() {
    ScriptedBackend first = gateway.backend("a", BARE).then(fails(ErrorKind.UPSTREAM_FAILURE));
    ScriptedBackend second = gateway.backend("b", BARE);
    gateway.route(
        "smart",
        true,
        new RouteConfig.Target("a", Optional.of("large"), Optional.empty()),
        target("b"));
    BackendCall call = gateway.call("smart");
    assertThat(call.mayMove()).isTrue();
    assertThat(call.backend()).isEqualTo("a");

    assertThat(Completion.of(call).text()).isEqualTo("well");

    assertThat(call.backend()).isEqualTo("b");
    assertThat(call.mayMove()).isFalse();
    assertThat(call.attempts())
        .extracting(Attempt::backend, Attempt::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", Outcome.FAILED),
            org.assertj.core.groups.Tuple.tuple("b", Outcome.FINISHED));
    assertThat(first.requests()).extracting(CompletionRequest::model).containsExactly("large");
    // The default of the backend, not the name of the route.
    assertThat(second.requests()).extracting(CompletionRequest::model).containsExactly("");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      mode = Mode.EXCLUDE,
      names = {"INVALID_REQUEST", "CONFLICT", "UNPROCESSABLE", "CANCELLED"})
  void whatSaysSomethingAboutOneBackendIsAskedElsewhere(ErrorKind kind) {
    gateway.backend("a", BARE).then(fails(kind));
    gateway.backend("b", BARE);
    gateway.route("smart", true, target("a"), target("b"));
    assertThat(Completion.of(gateway.call("smart")).text()).isEqualTo("well");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"INVALID_REQUEST", "CONFLICT", "UNPROCESSABLE", "CANCELLED"})
  void whatIsWrongEverywhereIsToldAtOnce(ErrorKind kind) {
    gateway.backend("a", BARE).then(fails(kind));
    ScriptedBackend second = gateway.backend("b", BARE);
    gateway.route("smart", true, target("a"), target("b"));
    assertThatThrownBy(gateway.call("smart")::next).hasMessageContaining("It is " + kind);
    assertThat(second.asked()).isZero();
  }

  @Test
  void theLastFailureIsTheOneThatIsTold() {
    gateway.backend("a", BARE).then(fails(ErrorKind.TIMEOUT));
    gateway.backend("b", BARE).then(fails(ErrorKind.NOT_FOUND));
    gateway.route("smart", true, target("a"), target("b"));
    BackendCall call = gateway.call("smart");
    assertThatThrownBy(call::next).hasMessage("It is NOT_FOUND.");
    assertThat(call.backend()).isEqualTo("b");
  }

  @Test
  void withoutFallbackNobodyElseIsAsked() {
    gateway.backend("a", BARE).then(fails(ErrorKind.UNREACHABLE));
    ScriptedBackend second = gateway.backend("b", BARE);
    gateway.route(
        "smart",
        false,
        new RouteConfig.Target("a", Optional.empty(), Optional.of(3)),
        new RouteConfig.Target("b", Optional.empty(), Optional.of(1)));
    BackendCall call = gateway.call("smart");
    assertThat(call.mayMove()).isFalse();
    assertThatThrownBy(call::next).hasMessageContaining("It is UNREACHABLE");
    assertThat(second.asked()).isZero();
  }

  private static final StreamEvent[] BEGUN = {new Started("m"), new TextDelta("We")};

  @Test
  void aCallIsNotMovedOnceTheCallerHasSeenSomething() {
    gateway.backend("a", BARE).then(fails(ErrorKind.TIMEOUT, BEGUN));
    ScriptedBackend second = gateway.backend("b", BARE);
    gateway.route("smart", true, target("a"), target("b"));
    BackendCall call = gateway.call("smart");
    assertThat(call.next()).isEqualTo(BEGUN[0]);
    assertThat(call.next()).isEqualTo(BEGUN[1]);
    assertThatThrownBy(call::next).hasMessageContaining("It is TIMEOUT.");
    assertThat(second.asked()).isZero();
  }

  @Test
  void whatShowsNothingDoesNotHoldACall() {
    JsonText json = new JsonText("1");
    gateway
        .backend("a", BARE)
        .then(
            fails(
                ErrorKind.TIMEOUT,
                new Started("m"),
                new StreamEvent.Extension(AnswerPlace.ANSWER, "x", json),
                new StreamEvent.DialectField(AnswerPlace.ANSWER, "y", json)));
    gateway.backend("b", BARE);
    gateway.route("smart", true, target("a"), target("b"));
    BackendCall call = gateway.call("smart");
    assertThat(Completion.of(call)).isEqualTo(Completion.of(gateway.call("b/m")));
    assertThat(call.backend()).isEqualTo("b");
  }

  @Test
  void whoWantsTheAnswerInOnePieceHasSeenNothingBeforeItsEnd() {
    gateway.backend("a", BARE).then(fails(ErrorKind.TIMEOUT, BEGUN));
    gateway.backend("b", BARE);
    gateway.route("smart", true, target("a"), target("b"));
    BackendCall call = gateway.wholeCall("smart");
    assertThat(Completion.of(call).text()).isEqualTo("well");
    assertThat(call.attempts()).extracting(Attempt::backend).containsExactly("a", "b");
  }

  @Test
  void aTargetThatIsNotAvailableIsPassedOver() {
    gateway.backend("a", BARE);
    gateway.unavailable("b");
    gateway.route("smart", true, target("b"), target("a"));
    BackendCall call = gateway.call("smart");
    assertThat(Completion.of(call).text()).isEqualTo("well");
    assertThat(call.attempts().getFirst().outcome()).isEqualTo(Outcome.SHED);
    assertThat(call.attempts().getFirst().detail()).contains("KEY is not set");
  }

  @Test
  void whoCannotTakeAStrictRequestLeavesItToTheNext() {
    gateway
        .backend("a", BARE)
        .then(
            call -> {
              call.adjusted("seed", CallContext.Action.DROPPED, "No seed.");
              return answers("adjusted").open(call);
            });
    gateway.backend("b", BARE);
    gateway.route("smart", true, target("a"), target("b"));
    CallOptions strict = new CallOptions("r", Optional.empty(), Optional.empty(), Map.of(), true);
    BackendCall call = gateway.call("smart", strict);
    assertThat(Completion.of(call).text()).isEqualTo("well");
    assertThat(call.adjustments()).isEmpty();
  }

  @Test
  void oneBudgetOfRetriesServesAllTargets() throws Exception {
    ScriptedBackend first = gateway.backend("a", retrying(2));
    ScriptedBackend second = gateway.backend("b", retrying(2));
    for (int i = 0; i < 2; i++) {
      first.then(fails(ErrorKind.UPSTREAM_FAILURE));
      second.then(fails(ErrorKind.UPSTREAM_FAILURE));
    }
    gateway.route("smart", true, target("a"), target("b"));
    BackendCall call = gateway.call("smart");
    FutureTask<String> answer = reading(call);
    gateway.clock.awaitAlarm(Duration.ofMillis(250));
    gateway.clock.advance(Duration.ofMillis(250));
    assertThatThrownBy(answer::get).hasMessageContaining("Backend 'b'");
    assertThat(call.attempts()).extracting(Attempt::backend).containsExactly("a", "a", "b");
  }

  @Test
  void anUpstreamThatWantsToBeLeftAloneIsNotWaitedForIfAnotherCanServe() {
    ScriptedBackend first = gateway.backend("a", retrying(2));
    first.then(fails(ErrorKind.RATE_LIMITED, Duration.ofSeconds(1)));
    gateway.backend("b", retrying(2));
    gateway.route("smart", true, target("a"), target("b"));
    BackendCall call = gateway.call("smart");
    assertThat(Completion.of(call).text()).isEqualTo("well");
    assertThat(call.backend()).isEqualTo("b");
    assertThat(first.asked()).isEqualTo(1);
  }

  @Test
  void allTargetsShareTheTimeOfTheCall() {
    Duration minute = Duration.ofMinutes(1);
    CallPolicy policy =
        new CallPolicy(
            new Timeouts(minute, minute, minute, minute),
            RetryConfig.DEFAULT,
            ConcurrencyConfig.DEFAULT,
            BreakerConfig.DEFAULT);
    gateway
        .backend("a", policy)
        .then(
            context -> {
              assertThat(context.remaining()).isEqualTo(minute);
              gateway.clock.advance(Duration.ofSeconds(45));
              return fails(ErrorKind.NOT_FOUND).open(context);
            });
    gateway
        .backend("b", policy)
        .then(
            context -> {
              assertThat(context.remaining()).isEqualTo(Duration.ofSeconds(15));
              gateway.clock.advance(Duration.ofSeconds(15));
              return fails(ErrorKind.NOT_FOUND).open(context);
            });
    ScriptedBackend third = gateway.backend("c", policy);
    gateway.route("smart", true, target("a"), target("b"), target("c"));
    assertThatThrownBy(gateway.call("smart")::next)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("Backend 'b' did not finish within 60 s");
    assertThat(third.asked()).isZero();
  }
}
