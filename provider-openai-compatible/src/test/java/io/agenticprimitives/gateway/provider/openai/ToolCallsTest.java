package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.toolCalls;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallEnded;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallStarted;
import io.agenticprimitives.gateway.provider.openai.Answer.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The many ways in which servers write tool calls.
class ToolCallsTest {

  @Test
  void interleavedCallsKeepTheirPiecesAndEndInOrderAtTheEnd() {
    Answer answer =
        answer(
            toolCalls(
                "[{\"index\":0,\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]"),
            toolCalls("[{\"index\":1,\"id\":\"B\",\"function\":{\"name\":\"g\"}}]"),
            toolCalls(
                "[{\"index\":0,\"function\":{\"arguments\":\"{1\"}},{\"index\":1,\"function\":{\"arguments\":\"{2\"}}]"),
            toolCalls("[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]"),
            toolCalls("[{\"index\":1,\"function\":{\"arguments\":\"}\"}}]"),
            finish("tool_calls"));
    List<StreamEvent> events = answer.events();
    assertThat(events.subList(1, 9))
        .containsExactly(
            new ToolCallStarted(0, "A", "f"),
            new ToolCallStarted(1, "B", "g"),
            new ToolCallDelta(0, "{1"),
            new ToolCallDelta(1, "{2"),
            new ToolCallDelta(0, "}"),
            new ToolCallDelta(1, "}"),
            new ToolCallEnded(0),
            new ToolCallEnded(1));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.TOOL_USE);
  }

  @Test
  void aNameThatComesLaterThanTheFirstPieceIsWaitedFor() {
    Answer answer =
        answer(
            toolCalls("[{\"index\":0,\"id\":\"A\",\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]"),
            toolCalls("[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\":1\"}}]"),
            toolCalls("[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("A", "f", "{\"a\":1}"));
    assertThat(answer.events().get(1)).isEqualTo(new ToolCallStarted(0, "A", "f"));
  }

  @Test
  void anIdThatComesLaterThanTheNameIsWaitedForUntilArgumentsCome() {
    Answer later =
        answer(
            toolCalls("[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]"),
            toolCalls(
                "[{\"index\":0,\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"));
    assertThat(later.calls()).containsExactly(new Call("A", "f", "{}"));
    Answer tooLate =
        answer(
            toolCalls("[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]"),
            toolCalls("[{\"index\":0,\"id\":\"A\",\"function\":{\"arguments\":\"}\"}}]"));
    assertThat(tooLate.calls()).containsExactly(new Call("", "f", "{}"));
  }

  @Test
  void callsWithoutIdsOrArgumentsStartAtTheEnd() {
    Answer answer =
        answer(
            toolCalls(
                "[{\"index\":0,\"function\":{\"name\":\"f\"}},{\"index\":1,\"function\":{\"name\":\"g\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("", "f", ""), new Call("", "g", ""));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.TOOL_USE);
  }

  @Test
  void emptyAndRepeatedIdsAndNamesChangeNothing() {
    Answer answer =
        answer(
            toolCalls(
                "[{\"index\":0,\"id\":\"A\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]"),
            toolCalls(
                "[{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"1\"}}]"),
            toolCalls(
                "[{\"index\":0,\"id\":null,\"type\":null,\"function\":{\"name\":null,\"arguments\":\":\"}}]"),
            toolCalls(
                "[{\"index\":0,\"id\":\"A\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"2\"}}]"),
            toolCalls("[{\"index\":0,\"id\":\"other\",\"function\":{\"arguments\":\"}\"}}]"),
            toolCalls("[{\"index\":0,\"id\":\"\",\"function\":{\"arguments\":null}}]"),
            toolCalls("[{\"index\":0,\"id\":\"A\",\"function\":{\"name\":\"f\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("A", "f", "{1:2}"));
  }

  @Test
  void aRepeatedNameWithoutIdAfterTheArgumentsBeginsNoCall() {
    Answer answer =
        answer(
            toolCalls("[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]"),
            toolCalls("[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}]"),
            toolCalls("[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("", "f", "{}"));
  }

  @Test
  void severalIdsUnderOneIndexAreSeveralCalls() {
    Answer answer =
        answer(
            toolCalls(
                "[{\"index\":0,\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]"),
            toolCalls(
                "[{\"index\":0,\"id\":\"B\",\"function\":{\"name\":\"f\",\"arguments\":\"[\"}}]"),
            toolCalls("[{\"index\":0,\"function\":{\"arguments\":\"2\"}}]"),
            toolCalls("[{\"index\":0,\"id\":\"A\",\"function\":{\"arguments\":\"}\"}}]"),
            toolCalls("[{\"index\":0,\"id\":\"B\",\"function\":{\"arguments\":\"]\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("A", "f", "{}"), new Call("B", "f", "[2]"));
  }

  @Test
  void oneIdUnderSeveralIndexesIsSeveralCalls() {
    Answer answer =
        answer(
            toolCalls(
                "[{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"f\",\"arguments\":\"1\"}}]"),
            toolCalls(
                "[{\"index\":1,\"id\":\"x\",\"function\":{\"name\":\"f\",\"arguments\":\"2\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("x", "f", "1"), new Call("x", "f", "2"));
  }

  @Test
  void withoutIndexTheIdsTellTheCalls() {
    Answer answer =
        answer(
            toolCalls("[{\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]"),
            toolCalls("[{\"function\":{\"arguments\":\"1}\"}}]"),
            toolCalls(
                "[{\"id\":\"B\",\"index\":null,\"function\":{\"name\":\"f\",\"arguments\":\"{2\"}}]"),
            toolCalls("[{\"id\":\"B\",\"function\":{\"arguments\":\"}\"}}]"));
    assertThat(answer.calls())
        .containsExactly(new Call("A", "f", "{1}"), new Call("B", "f", "{2}"));
  }

  @Test
  void withoutIndexAndIdsTheNamesAndWholeArgumentsTellTheCalls() {
    String piece = "[{\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]";
    Answer answer =
        answer(
            toolCalls(piece.formatted("f", "{1}")),
            toolCalls(piece.formatted("f", "{2}")),
            toolCalls(piece.formatted("g", "{")),
            toolCalls("[{\"function\":{\"arguments\":\"3}\"}}]"));
    assertThat(answer.calls())
        .containsExactly(
            new Call("", "f", "{1}"), new Call("", "f", "{2}"), new Call("", "g", "{3}"));
  }

  @Test
  void callsAlikeInOneListAreSeveralCalls() {
    String call = "{\"function\":{\"name\":\"f\",\"arguments\":{}}}";
    String none = "{\"function\":{\"name\":\"f\"}}";
    String zero = "{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}";
    for (String one : List.of(call, none, zero)) {
      assertThat(answer(toolCalls("[" + one + "," + one + "]")).calls()).hasSize(2);
    }
    assertThat(Answer.ofJson(whole("{\"tool_calls\":[" + call + "," + call + "]}", "stop")).calls())
        .hasSize(2);
  }

  @Test
  void upstreamIndexesNeedNotBeDenseOrNumbers() {
    Answer answer =
        answer(
            toolCalls("[{\"index\":7,\"id\":\"A\",\"function\":{\"name\":\"f\"}}]"),
            toolCalls("[{\"index\":\"3\",\"id\":\"B\",\"function\":{\"name\":\"g\"}}]"),
            toolCalls("[{\"index\":7,\"function\":{\"arguments\":\"1\"}}]"),
            toolCalls("[{\"index\":\"3\",\"function\":{\"arguments\":\"2\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("A", "f", "1"), new Call("B", "g", "2"));
  }
}
