package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.delta;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallEnded;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallStarted;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole answers, and content in all its types.
class AnswerDecoderTest {

  @Test
  void aWholeAnswerGivesTheEventsOfAStream() {
    String message =
        "{\"role\":\"assistant\",\"content\":\"hi\",\"tool_calls\":[{\"id\":\"A\",\"type\":\"function\","
            + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    Answer answer = Answer.ofJson("\n         \n" + whole(message, "tool_calls"));
    assertThat(answer.events().subList(0, 5))
        .containsExactly(
            new Started("m1"),
            new TextDelta("hi"),
            new ToolCallStarted(0, "A", "f"),
            new ToolCallDelta(0, "{}"),
            new ToolCallEnded(0));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.TOOL_USE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | ''",
        "\"\" | ''",
        "\" \\n a\" | ' \n a'",
        "{\"b\": 1, \"a\": [2.50]} | {\"b\":1,\"a\":[2.50]}",
        "7 | 7",
        "[\"a\",{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"output_text\",\"text\":\"c\"}] |"
            + " abc",
        "[] | ''"
      })
  void contentOfEveryTypeIsText(String content, String text) {
    String message = "{\"content\":" + content + "}";
    assertThat(Answer.ofJson(whole(message, "stop")).text()).isEqualTo(text);
    assertThat(answer(delta(message), finish("stop")).text()).isEqualTo(text);
  }

  @Test
  void partsOfOtherKindsAreKept() {
    String content =
        "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"reference\",\"reference_ids\":[1]},"
            + "{\"type\":\"refusal\",\"refusal\":\"no\"}]";
    Answer answer = Answer.ofJson(whole("{\"content\":" + content + "}", "stop"));
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.refusal()).isEqualTo("no");
    assertThat(answer.extensions())
        .containsEntry("content", "[{\"type\":\"reference\",\"reference_ids\":[1]}]");
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.REFUSAL);
  }

  @Test
  void aRefusalIsToldApartAndItsFillersAreNone() {
    Answer refused =
        answer(delta("{\"refusal\":\"I \"}"), delta("{\"refusal\":\"won't\"}"), finish("stop"));
    assertThat(refused.refusal()).isEqualTo("I won't");
    assertThat(refused.text()).isEmpty();
    assertThat(refused.finished().stopReason()).isEqualTo(StopReason.REFUSAL);
    Answer filler = answer(delta("{\"refusal\":\"\",\"content\":\"x\"}"), finish("stop"));
    assertThat(filler.finished().stopReason()).isEqualTo(StopReason.END_TURN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "7"})
  void withoutAFinishReasonAWholeAnswerIsFinishedAllTheSame(String reason) {
    String json = whole("{\"content\":\"a\"}", "X").replace("\"X\"", reason);
    Answer answer = Answer.ofJson(json);
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
  }

  @Test
  void noChoicesAreAnEmptyAnswer() {
    Answer answer = Answer.ofJson("{\"choices\":[],\"model\":\"m\"}");
    assertThat(answer.model()).isEqualTo("m");
    assertThat(answer.text()).isEmpty();
    assertThat(answer.finished().usage()).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void theMessageCountsAndNotTheDeltaBesideIt() {
    String json =
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"message\":{\"content\":\"a\"}}]}";
    assertThat(Answer.ofJson(json).text()).isEqualTo("a");
    assertThat(Answer.ofJson("{\"choices\":[{\"delta\":{\"content\":\"b\"}}]}").text())
        .isEqualTo("b");
  }

  @Test
  void anAnswerThatEndsInTheMiddleIsCut() {
    String json = whole("{\"content\":\"hello\"}", "stop");
    for (int end = 1; end < json.length(); end++) {
      BackendException failure = Answer.ofJson(json.substring(0, end)).failed();
      assertThat(failure.kind()).as("cut at %d", end).isEqualTo(ErrorKind.CUT);
    }
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> AnswerDecoder.decode(CutBody.broken(body, new IOException("reset"))))
        .isInstanceOfSatisfying(
            BackendException.class, failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CUT));
  }

  @Test
  void bytesThatAreNotTextAreReplaced() {
    byte[] body = whole("{\"content\":\"a#b\"}", "stop").getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '#' ? (byte) 0xE9 : body[i];
    }
    Answer answer = Answer.of(ResponseBody.open(null, false, CutBody.byteByByte(body), _ -> {}));
    assertThat(answer.text()).isEqualTo("a\uFFFDb");
  }
}
