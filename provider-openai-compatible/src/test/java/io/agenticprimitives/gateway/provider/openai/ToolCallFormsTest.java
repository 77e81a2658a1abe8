package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.delta;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static io.agenticprimitives.gateway.provider.openai.Chunks.toolCalls;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.provider.openai.Answer.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms of single tool calls and of the lists they come in.
class ToolCallFormsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"{\\\"a\\\":1}\" | {\"a\":1}",
        "{\"a\": [1, 2.50]} | {\"a\":[1,2.50]}",
        "[1] | [1]",
        "\"\" | ''",
        "null | ''",
        "\"null\" | null",
        "\"{\\\"a\\\"\" | {\"a\"",
        "7 | 7",
        "true | true"
      })
  void argumentsOfEveryTypeBecomeText(String arguments, String expected) {
    String call = "[{\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":" + arguments + "}}]";
    assertThat(answer(toolCalls(call)).calls()).containsExactly(new Call("A", "f", expected));
    String message = "{\"tool_calls\":" + call + "}";
    assertThat(Answer.ofJson(whole(message, "tool_calls")).calls())
        .containsExactly(new Call("A", "f", expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"A\",\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}",
        "{\"0\":{\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},\"x\":1}",
        "[null,7,[],{\"id\":\"A\",\"name\":\"f\",\"arguments\":\"{}\"}]"
      })
  void callsThatAreNotInAListOrNotInAFunctionAreRead(String calls) {
    assertThat(answer(toolCalls(calls)).calls()).containsExactly(new Call("A", "f", "{}"));
    assertThat(Answer.ofJson(whole("{\"tool_calls\":" + calls + "}", "stop")).calls())
        .containsExactly(new Call("A", "f", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "\"\"", "[{}]", "[{\"function\":null,\"index\":0}]"})
  void noCallInAnyFormIsNoCall(String calls) {
    Answer answer = answer(text("a"), toolCalls(calls), finish("stop"));
    assertThat(answer.calls()).isEmpty();
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
    Answer whole = Answer.ofJson(whole("{\"content\":\"a\",\"tool_calls\":" + calls + "}", "stop"));
    assertThat(whole.calls()).isEmpty();
  }

  @Test
  void aCallWithoutANameIsNotLost() {
    Answer answer =
        answer(toolCalls("[{\"index\":0,\"id\":\"A\",\"function\":{\"arguments\":\"{}\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("A", "", "{}"));
  }

  @Test
  void theOlderFunctionCallIsACallWithoutId() {
    Answer answer =
        answer(
            delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}"),
            delta("{\"function_call\":{\"arguments\":\"{\"}}"),
            delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"}\"}}"),
            finish("function_call"));
    assertThat(answer.calls()).containsExactly(new Call("", "f", "{}"));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.TOOL_USE);
    Answer filler =
        answer(
            text("a"),
            delta("{\"function_call\":{\"name\":\"\",\"arguments\":\"\"}}"),
            finish("stop"));
    assertThat(filler.calls()).isEmpty();
    String both =
        "{\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"},"
            + "\"tool_calls\":[{\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    assertThat(Answer.ofJson(whole(both, "tool_calls")).calls())
        .containsExactly(new Call("A", "f", "{}"));
  }

  @Test
  void theFreeTextOfACustomToolBecomesAJsonString() {
    Answer answer =
        answer(
            toolCalls(
                "[{\"index\":0,\"id\":\"A\",\"type\":\"custom\",\"custom\":{\"name\":\"run\",\"input\":\"\"}}]"),
            toolCalls("[{\"index\":0,\"custom\":{\"input\":\"say \\\"\"}}]"),
            toolCalls("[{\"index\":0,\"custom\":{\"input\":\"hi\\\"\\n\"}}]"));
    assertThat(answer.calls()).containsExactly(new Call("A", "run", "\"say \\\"hi\\\"\\n\""));
    String message =
        "{\"tool_calls\":[{\"id\":\"A\",\"type\":\"custom\",\"custom\":{\"name\":\"run\",\"input\":\"ls\"}}]}";
    assertThat(Answer.ofJson(whole(message, "tool_calls")).calls())
        .containsExactly(new Call("A", "run", "\"ls\""));
  }

  @Test
  void textComesBeforeTheCallsOfItsChunk() {
    Answer answer =
        answer(
            delta(
                "{\"tool_calls\":[{\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}],\"content\":\"a\"}"),
            finish("stop"));
    assertThat(answer.events().get(1)).isEqualTo(new TextDelta("a"));
    assertThat(answer.calls()).hasSize(1);
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.TOOL_USE);
  }

  @ParameterizedTest
  @CsvSource({
    "length, MAX_TOKENS",
    "content_filter, CONTENT_FILTER",
    "stop, TOOL_USE",
    "x, TOOL_USE"
  })
  void callsThatWereCutOrFilteredAreNotToBeRun(String word, StopReason reason) {
    Answer answer =
        answer(
            toolCalls("[{\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]"),
            finish(word));
    assertThat(answer.finished().stopReason()).isEqualTo(reason);
  }

  @Test
  void signaturesOfCallsAreKeptForTheNextTurn() {
    Answer answer =
        answer(
            toolCalls(
                "[{\"index\":0,\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
                    + "\"extra_content\":{\"google\":{\"thought_signature\":\"sig\"}}},"
                    + "{\"index\":1,\"id\":\"B\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"));
    assertThat(answer.reasoningBlocks())
        .containsExactly(
            "{\"field\":\"extra_content\",\"tool_call\":0,\"value\":{\"google\":{\"thought_signature\":\"sig\"}}}");
  }
}
