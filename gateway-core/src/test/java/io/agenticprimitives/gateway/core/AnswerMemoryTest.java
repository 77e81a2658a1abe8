package io.agenticprimitives.gateway.core;

import static io.agenticprimitives.gateway.core.pipeline.ScriptedBackend.FINISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.pipeline.Calls;
import io.agenticprimitives.gateway.core.pipeline.CompletionQuestion;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {
  private final TestGateway gateway = new TestGateway();

  @Test
  void sharesHaveOneLimit() {
    AnswerMemory memory = new AnswerMemory(100);
    AnswerMemory.Share first = memory.new Share("a");
    AnswerMemory.Share second = memory.new Share("b");
    first.take(60);
    second.take(40);
    assertThatThrownBy(() -> second.take(1))
        .isInstanceOfSatisfying(
            BackendException.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
              assertThat(refusal.retryAfter()).isPresent();
            })
        .hasMessageContaining("no memory left for the answer of backend 'b'");
    second.close();
    second.close();
    assertThat(memory.taken()).isEqualTo(60);
    first.take(40);
    first.close();
    first.take(1000);
    assertThat(memory.taken()).isZero();
  }

  @Test
  void anAttemptThatIsOverGivesItsMemoryBack() {
    long before = AnswerMemory.OF_PROCESS.taken();
    gateway.backend("a", TestGateway.BARE).then(reserving(5_000));
    gateway.backend("b", TestGateway.BARE).then(ScriptedBackend.answers("Hello"));
    gateway.route("r", true, TestGateway.target("a"), TestGateway.target("b"));
    BackendCall call = gateway.call("r");
    assertThat(call.next()).isInstanceOf(StreamEvent.Started.class);
    assertThat(call.backend()).isEqualTo("b");
    assertThat(AnswerMemory.OF_PROCESS.taken()).isEqualTo(before);
    call.close();
  }

  private static ScriptedBackend.Script reserving(long bytes) {
    return call -> {
      call.reserveMemory(bytes);
      throw new BackendException(ErrorKind.NOT_FOUND, "Not here.");
    };
  }

  @Test
  void anAnswerInOnePieceTakesMemoryUntilTheCallEnds() {
    long before = AnswerMemory.OF_PROCESS.taken();
    String text = "x".repeat(100_000);
    AtomicLong during = new AtomicLong();
    gateway
        .backend("a", TestGateway.BARE)
        .then(_ -> noting(during, new StreamEvent.TextDelta(text)));
    var request = Calls.request(Delivery.WHOLE);
    CallOptions options = CallOptions.of("r");
    try (BackendCall call =
        new BackendCall(
            List.of(gateway.service("a").target(Optional.empty())),
            new CompletionQuestion(request),
            options,
            gateway.clock,
            CallLeases.NONE)) {
      assertThat(Completion.of(call).text()).isEqualTo(text);
    }
    assertThat(during.get() - before).isGreaterThanOrEqualTo(4L * text.length());
    assertThat(AnswerMemory.OF_PROCESS.taken()).isEqualTo(before);
  }

  /// Notes before its last event how much memory is taken.
  private static EventStream noting(AtomicLong during, StreamEvent event) {
    EventStream events = EventStream.of(List.of(new StreamEvent.Started("m"), event, FINISH));
    return new EventStream() {
      @Override
      public StreamEvent next() {
        during.set(AnswerMemory.OF_PROCESS.taken());
        return events.next();
      }

      @Override
      public void close() {
        events.close();
      }
    };
  }
}
