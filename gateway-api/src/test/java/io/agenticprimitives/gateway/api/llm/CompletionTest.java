package io.agenticprimitives.gateway.api.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class CompletionTest {

  @Test
  void addsUpTheEventsOfAStream() {
    Completion completion =
        Completion.of(
            EventStream.of(
                List.of(
                    new StreamEvent.Started("small-1"),
                    new StreamEvent.ReasoningDelta("Hm. "),
                    new StreamEvent.ReasoningDelta("Tea."),
                    new StreamEvent.ReasoningBlock(new JsonText("{\"signature\":\"s\"}")),
                    new StreamEvent.TextDelta("Let me "),
                    new StreamEvent.TextDelta("look."),
                    new StreamEvent.ToolCallStarted(0, "a", "lookup"),
                    new StreamEvent.ToolCallStarted(1, "b", "clock"),
                    new StreamEvent.ToolCallDelta(0, "{\"q\":"),
                    new StreamEvent.ToolCallDelta(0, "\"tea\"}"),
                    new StreamEvent.ToolCallEnded(0),
                    new StreamEvent.ToolCallEnded(1),
                    new StreamEvent.Extension("citations", new JsonText("[1]")),
                    new StreamEvent.Extension("citations", new JsonText("[1,2]")),
                    new StreamEvent.Finished(StopReason.TOOL_USE, "tool_calls", Usage.of(9, 3)))));

    assertThat(completion.model()).isEqualTo("small-1");
    assertThat(completion.text()).isEqualTo("Let me look.");
    assertThat(completion.reasoning()).isEqualTo("Hm. Tea.");
    assertThat(completion.reasoningBlocks())
        .containsExactly(new StreamEvent.ReasoningBlock(new JsonText("{\"signature\":\"s\"}")));
    assertThat(completion.toolCalls())
        .containsExactly(
            new ToolCall("a", "lookup", "{\"q\":\"tea\"}"), new ToolCall("b", "clock", "{}"));
    assertThat(completion.stopReason()).isEqualTo(StopReason.TOOL_USE);
    assertThat(completion.upstreamStopReason()).isEqualTo("tool_calls");
    assertThat(completion.usage()).isEqualTo(Usage.of(9, 3));
    assertThat(completion.extensions())
        .containsExactly(new StreamEvent.Extension("citations", new JsonText("[1,2]")));
  }

  @Test
  void fieldsOfTheDialectThatCameInOnePieceAreKept() {
    StreamEvent.DialectField early = dialectField(AnswerPlace.ANSWER, "usage", "1");
    StreamEvent.DialectField late = dialectField(AnswerPlace.ANSWER, "usage", "2");
    StreamEvent.DialectField whole = dialectField(AnswerPlace.MESSAGE, "annotations", "[]");
    StreamEvent.DialectField first = dialectField(AnswerPlace.MESSAGE, "audio", "{\"data\":\"a\"}");
    StreamEvent.DialectField second =
        dialectField(AnswerPlace.MESSAGE, "audio", "{\"data\":\"b\"}");
    StreamEvent.DialectField third = dialectField(AnswerPlace.MESSAGE, "audio", "{\"data\":\"c\"}");
    Completion completion =
        Completion.of(
            EventStream.of(
                List.of(
                    new StreamEvent.Started("m"),
                    early,
                    first,
                    whole,
                    second,
                    late,
                    third,
                    new StreamEvent.Finished(StopReason.END_TURN, "stop", Usage.UNKNOWN))));

    assertThat(completion.dialectFields()).containsExactlyInAnyOrder(late, whole);
  }

  private static StreamEvent.DialectField dialectField(
      AnswerPlace place, String name, String json) {
    return new StreamEvent.DialectField(place, name, new JsonText(json));
  }

  @Test
  void aCallWithoutArgumentsHasAnEmptyObject() {
    assertThat(new ToolCall("a", "clock", "").arguments()).isEqualTo("{}");
    assertThat(new ToolCall("a", "clock", " null ").arguments()).isEqualTo("{}");
    assertThat(new ToolCall("a", "clock", "{\"cut").arguments()).isEqualTo("{\"cut");
  }

  @Test
  void aStreamOfGivenEventsEndsAfterItsLast() {
    EventStream stream = EventStream.of(List.of(new StreamEvent.Started("m")));
    assertThat(stream.next()).isEqualTo(new StreamEvent.Started("m"));
    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
  }
}
