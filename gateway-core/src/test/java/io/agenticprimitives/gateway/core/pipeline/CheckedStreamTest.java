package io.agenticprimitives.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Finished;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallEnded;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallStarted;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckedStreamTest {
  private static final Started START = new Started("m");
  private static final Finished FINISH = new Finished(StopReason.END_TURN, "stop", Usage.UNKNOWN);

  private static EventStream checked(StreamEvent... events) {
    return new CheckedStream("local", EventStream.of(List.of(events)));
  }

  @Test
  void aStreamThatKeepsTheRulesPassesUnchanged() {
    EventStream stream =
        checked(
            START,
            new ToolCallStarted(0, "a", "x"),
            new ToolCallStarted(1, "b", "y"),
            new ToolCallDelta(0, "{}"),
            new ToolCallEnded(1),
            new ToolCallEnded(0),
            FINISH);
    assertThat(Completion.of(stream).toolCalls()).extracting("id").containsExactly("a", "b");
    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aCallWithoutAnIdGetsOne() {
    Completion completion =
        Completion.of(
            checked(
                START,
                new ToolCallStarted(0, "", "x"),
                new ToolCallEnded(0),
                new ToolCallStarted(1, "", "x"),
                new ToolCallEnded(1),
                FINISH));
    assertThat(completion.toolCalls())
        .extracting("id", String.class)
        .allMatch(id -> id.matches("call_[0-9a-f]{24}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void emptyPiecesAreLeftOut() {
    EventStream stream = checked(START, new TextDelta(""), new TextDelta("x"), FINISH);
    assertThat(stream.next()).isEqualTo(START);
    assertThat(stream.next()).isEqualTo(new TextDelta("x"));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aBreachIsAFailureThatSaysWhatWasWrong(List<StreamEvent> events, String what) {
    EventStream stream = checked(events.toArray(StreamEvent[]::new));
    assertThatThrownBy(() -> Completion.of(stream))
        .isInstanceOfSatisfying(
            BackendException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INTERNAL))
        .hasMessage("The provider of backend 'local' broke the rules of a stream: " + what + ".");
    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
  }

  static Stream<Arguments> breaches() {
    ToolCallStarted call = new ToolCallStarted(0, "a", "x");
    return Stream.of(
        Arguments.of(List.of(FINISH), "it began with Finished"),
        Arguments.of(List.of(new TextDelta("x")), "it began with TextDelta"),
        Arguments.of(List.of(START, START), "it started twice"),
        Arguments.of(
            List.of(START, new ToolCallStarted(1, "a", "x")),
            "tool call 1 started where 0 was next"),
        Arguments.of(List.of(START, call, call), "tool call 0 started where 1 was next"),
        Arguments.of(
            List.of(START, new ToolCallDelta(0, "x")),
            "ToolCallDelta came for tool call 0, which is not open"),
        Arguments.of(
            List.of(START, new ToolCallEnded(-1)),
            "ToolCallEnded came for tool call -1, which is not open"),
        Arguments.of(
            List.of(START, call, new ToolCallEnded(0), new ToolCallEnded(0)),
            "ToolCallEnded came for tool call 0, which is not open"),
        Arguments.of(List.of(START, call, FINISH), "it finished while tool call 0 was open"));
  }

  /// Whatever a provider emits, what comes out is a prefix that ends in a finish or in a failure.
  @Test
  void anyEventsEndInExactlyOneFinishOrAFailure() {
    List<StreamEvent> kinds =
        List.of(
            START,
            FINISH,
            new TextDelta("x"),
            new ToolCallStarted(0, "", "x"),
            new ToolCallStarted(1, "", "x"),
            new ToolCallDelta(0, "1"),
            new ToolCallEnded(0),
            new ToolCallEnded(1));
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      List<StreamEvent> events = new ArrayList<>(List.of(START));
      for (int i = random.nextInt(8); i > 0; i--) {
        events.add(kinds.get(random.nextInt(kinds.size())));
      }
      events.add(FINISH);
      EventStream stream = checked(events.toArray(StreamEvent[]::new));
      try {
        assertThat(Completion.of(stream).stopReason()).isEqualTo(StopReason.END_TURN);
      } catch (BackendException breach) {
        assertThat(breach.kind()).isEqualTo(ErrorKind.INTERNAL);
      }
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }
  }
}
