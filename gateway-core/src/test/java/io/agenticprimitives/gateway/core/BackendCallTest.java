package io.agenticprimitives.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Finished;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.config.BreakerConfig;
import io.agenticprimitives.gateway.core.config.CallPolicy;
import io.agenticprimitives.gateway.core.config.ConcurrencyConfig;
import io.agenticprimitives.gateway.core.config.Timeouts;
import io.agenticprimitives.gateway.core.pipeline.Attempt;
import io.agenticprimitives.gateway.core.pipeline.Attempt.Outcome;
import io.agenticprimitives.gateway.core.pipeline.BlockingStream;
import io.agenticprimitives.gateway.core.pipeline.Calls;
import io.agenticprimitives.gateway.core.pipeline.CompletionQuestion;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import io.agenticprimitives.gateway.core.pipeline.PluginBoundary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendCallTest {
  private static final CompletionRequest REQUEST = Calls.request(Delivery.STREAMED);
  private static final Finished FINISH = new Finished(StopReason.END_TURN, "stop", Usage.UNKNOWN);

  private final DeadlineTimer timer = new DeadlineTimer();

  @AfterEach
  void closeTimer() {
    timer.close();
  }

  private record Backend(BiFunction<CompletionRequest, CallContext, EventStream> answer)
      implements LlmBackend {
    @Override
    public EventStream stream(CompletionRequest request, CallContext call) {
      return answer.apply(request, call);
    }

    @Override
    public List<ModelInfo> models(CallContext call) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private BackendCall call(
      CallOptions options, BiFunction<CompletionRequest, CallContext, EventStream> answer) {
    Duration minute = Duration.ofMinutes(1);
    LlmService service =
        new LlmService(
            "local",
            "test",
            "Test",
            new CallPolicy(
                new Timeouts(minute, minute, minute, minute),
                TestGateway.ONCE,
                ConcurrencyConfig.DEFAULT,
                BreakerConfig.DEFAULT),
            new PluginBoundary("local", new Backend(answer), Backend.class.getClassLoader()),
            timer,
            () -> 0.5);
    return new BackendCall(
        List.of(service.target(Optional.empty())),
        new CompletionQuestion(REQUEST),
        options,
        timer,
        CallLeases.NONE);
  }

  @Test
  void aFinishedCallSaysSo() {
    BackendCall call =
        call(
            CallOptions.of("r"),
            (_, _) -> EventStream.of(List.of(new Started("m"), new TextDelta("x"), FINISH)));
    assertThat(Completion.of(call).text()).isEqualTo("x");
    assertThat(call.attempts()).hasSize(1);
    Attempt attempt = call.attempts().getFirst();
    assertThat(attempt.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(attempt.backend()).isEqualTo("local");
    assertThat(attempt.firstEvent()).isPresent();
    assertThat(call.outcome()).isEqualTo(Outcome.FINISHED);

    call.close();
    assertThat(call.attempts().getFirst().outcome()).isEqualTo(Outcome.FINISHED);
  }

  @Test
  void aFailedCallSaysWhy() {
    BackendCall call =
        call(
            CallOptions.of("r"),
            (_, _) -> {
              throw new BackendException(ErrorKind.NOT_FOUND, "No such model.");
            });
    assertThatThrownBy(call::next).hasMessage("No such model.");
    assertThat(call.attempts().getFirst().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(call.attempts().getFirst().detail()).isEqualTo("No such model.");
  }

  @Test
  void aCutCallIsToldApart() {
    BackendCall call =
        call(
            CallOptions.of("r"),
            (_, _) -> {
              throw new BackendException(ErrorKind.CUT, "It was cut.");
            });
    assertThatThrownBy(call::next).hasMessage("Backend 'local': It was cut.");
    assertThat(call.attempts().getFirst().outcome()).isEqualTo(Outcome.CUT);
  }

  @Test
  void closingReleasesWhoWaits() throws InterruptedException {
    BlockingStream silent = new BlockingStream(new Started("m"));
    BackendCall call = call(CallOptions.of("r"), (_, _) -> silent);
    call.next();
    Thread closer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    silent.awaitWaiting();
                  } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                  }
                  call.close();
                });
    assertThatThrownBy(call::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
    closer.join();
    assertThat(silent.isClosed()).isTrue();
    assertThat(call.attempts().getFirst().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void aCallThatIsClosedBeforeItStartsAsksNobody() {
    BackendCall call =
        call(
            CallOptions.of("r"),
            (_, _) -> {
              throw new AssertionError("asked");
            });
    call.close();
    assertThatThrownBy(call::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
    assertThat(call.attempts()).isEmpty();
    assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void adjustmentsAreKeptForTheCaller() {
    BackendCall call = call(CallOptions.of("r"), BackendCallTest::adjusting);
    call.next();
    assertThat(call.adjustments())
        .containsExactly(new Adjustment("seed", CallContext.Action.DROPPED, "It has no seed."));
  }

  @Test
  void strictModeRefusesAdjustments() {
    CallOptions strict = new CallOptions("r", Optional.empty(), Optional.empty(), Map.of(), true);
    BackendCall call = call(strict, BackendCallTest::adjusting);
    assertThatThrownBy(call::next)
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
        .hasMessage("Strict mode: backend 'local' cannot take 'seed' as it is: It has no seed.");
  }

  private static EventStream adjusting(CompletionRequest request, CallContext call) {
    call.adjusted("seed", CallContext.Action.DROPPED, "It has no seed.");
    return EventStream.of(List.of(new Started("m"), FINISH));
  }

  @Test
  void aBackendSeesTheCredentialsOfItsCall() {
    CallOptions options =
        new CallOptions(
            "r-7",
            Optional.empty(),
            Optional.empty(),
            Map.of("openai/api_key", new Secret("k")),
            false);
    BackendCall call =
        call(
            options,
            (_, context) -> {
              assertThat(context.requestId()).isEqualTo("r-7");
              assertThat(context.credential("openai", "api_key")).contains(new Secret("k"));
              assertThat(context.credential("openai", "other")).isEmpty();
              assertThat(context.remaining())
                  .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
              return EventStream.of(List.of(new Started("m"), FINISH));
            });
    assertThat(call.next()).isEqualTo(new Started("m"));
  }
}
