package io.agenticprimitives.gateway.server.openai;

import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.extension;
import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.field;
import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.finished;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatCompletionWriterTest {
  private static final StreamEvent TEXT = new StreamEvent.TextDelta("T\u00e9a?");
  private static final StreamEvent END = finished(StopReason.END_TURN, "stop");
  private static final StreamEvent CALLED = finished(StopReason.TOOL_USE, "tool_calls");
  private static final StreamEvent UNKNOWN_COST =
      new StreamEvent.Finished(StopReason.END_TURN, "stop", Usage.UNKNOWN);

  private static String written(
      boolean functions, List<Adjustment> adjustments, StreamEvent... events) {
    List<StreamEvent> all = new ArrayList<>(List.of(new StreamEvent.Started("small-1")));
    all.addAll(List.of(events));
    JsonBuffer json = new JsonBuffer();
    Completion answer = Completion.of(EventStream.of(all));
    ChatCompletionWriter.write(answer, ChunksUnderTest.IDENTITY, functions, adjustments, json);
    return json.toString();
  }

  private static String written(StreamEvent... events) {
    return written(false, List.of(), events);
  }

  /// The message of the answer that is these events.
  private static String message(boolean functions, StreamEvent... events) {
    String all = written(functions, List.of(), events);
    int start = all.indexOf("\"message\":{") + "\"message\":{".length();
    return all.substring(start, all.indexOf("},\"logprobs\""));
  }

  private static StreamEvent[] call(int index, String arguments) {
    return new StreamEvent[] {
      new StreamEvent.ToolCallStarted(index, "c-" + index, "lookup"),
      new StreamEvent.ToolCallDelta(index, arguments),
      new StreamEvent.ToolCallEnded(index)
    };
  }

  @Test
  void anAnswerHasWhatSdksInsistOnEvenIfThereIsNothingInIt() {
    assertThat(written(UNKNOWN_COST))
        .isEqualTo(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"small-1\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\","
                + "\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}]}");
  }

  @Test
  void everythingThatIsKnownIsThere() {
    StreamEvent[] call = call(0, "{\"q\": \"tea\"}");
    Adjustment adjustment = new Adjustment("seed", CallContext.Action.DROPPED, "no word for it");
    assertThat(
            written(
                false,
                List.of(adjustment),
                new StreamEvent.ReasoningDelta("Hm"),
                new StreamEvent.ReasoningBlock(new JsonText("{\"signature\": \"s\"}")),
                TEXT,
                new StreamEvent.RefusalDelta("No"),
                call[0],
                call[1],
                call[2],
                finished(StopReason.TOOL_USE, "stop")))
        .isEqualTo(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"small-1\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"T\\u00e9a?\","
                + "\"refusal\":\"No\",\"reasoning_content\":\"Hm\",\"reasoning_blocks\":[{\"signature\":\"s\"}],"
                + "\"tool_calls\":[{\"id\":\"c-0\",\"type\":\"function\",\"function\":{\"name\":\"lookup\",\"arguments\":\"{\\\"q\\\":"
                + " \\\"tea\\\"}\"}}]},\"logprobs\":null,"
                + "\"finish_reason\":\"tool_calls\",\"upstream_finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":8,\"total_tokens\":28},\"adjustments\":[{\"path\":\"seed\",\"action\":\"dropped\",\"reason\":\"no"
                + " word for it\"}]}");
  }

  @Test
  void contentIsNullWhereTheModelCallsOrRefusesWithoutAWord() {
    StreamEvent[] call = call(0, "{}");
    assertThat(message(false, call[0], call[1], call[2], CALLED)).contains("\"content\":null");
    assertThat(
            message(
                false, new StreamEvent.RefusalDelta("No"), finished(StopReason.REFUSAL, "stop")))
        .isEqualTo("\"role\":\"assistant\",\"content\":null,\"refusal\":\"No\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {"{\"a\": | {\\\"a\\\":", "null | {}", "[1] | [1]"})
  void argumentsAreTextAsTheModelWroteThem(String arguments, String text) {
    StreamEvent[] call = call(0, arguments);
    assertThat(message(false, call[0], call[1], call[2], CALLED))
        .endsWith("{\"name\":\"lookup\",\"arguments\":\"" + text + "\"}}]");
  }

  @Test
  void noArgumentsAreAnEmptyObject() {
    StreamEvent[] call = call(0, "");
    assertThat(message(false, call[0], call[2], CALLED)).endsWith("\"arguments\":\"{}\"}}]");
  }

  @Test
  void theInputOfACustomToolIsItsText() {
    StreamEvent[] call = call(0, "\"ls\\n\"");
    StreamEvent type = field(AnswerPlace.toolCall(0), "type", "\"custom\"");
    assertThat(message(false, type, call[0], call[1], call[2], CALLED))
        .endsWith(
            "\"tool_calls\":[{\"id\":\"c-0\",\"type\":\"custom\",\"custom\":{\"name\":\"lookup\","
                + "\"input\":\"ls\\n\"}}]");
  }

  @Test
  void callersOfFunctionsGetTheOlderForm() {
    StreamEvent[] call = call(0, "{}");
    assertThat(message(true, call[0], call[1], call[2], CALLED))
        .isEqualTo(
            "\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"function_call\":{"
                + "\"name\":\"lookup\",\"arguments\":\"{}\"}");
    assertThat(written(true, List.of(), call[0], call[1], call[2], CALLED))
        .contains("\"finish_reason\":\"function_call\",\"upstream_finish_reason\":\"tool_calls\"");
  }

  @Test
  void twoCallsDoNotFitTheOlderForm() {
    StreamEvent[] first = call(0, "{}");
    StreamEvent[] second = call(1, "[2]");
    String written =
        written(true, List.of(), first[0], second[0], second[1], first[2], second[2], CALLED);
    assertThat(written)
        .contains("\"id\":\"c-0\"", "\"id\":\"c-1\"", "[2]", "\"finish_reason\":\"tool_calls\"")
        .doesNotContain("function_call");
  }

  @Test
  void whatAnUpstreamOfTheSameDialectSaidStandsWhereItStood() {
    StreamEvent[] call = call(0, "{}");
    assertThat(
            written(
                field(AnswerPlace.ANSWER, "id", "\"cmpl-x\""),
                field(AnswerPlace.ANSWER, "created", "1700000000"),
                field(AnswerPlace.ANSWER, "usage", "{\"prompt_tokens\": 1, \"cost\": 0.10}"),
                field(AnswerPlace.ANSWER, "system_fingerprint", "\"fp\""),
                field(AnswerPlace.CHOICE, "logprobs", "{\"content\":[]}"),
                field(AnswerPlace.CHOICE, "seed", "5"),
                field(AnswerPlace.MESSAGE, "annotations", "[]"),
                field(AnswerPlace.toolCall(0), "extra_content", "{\"s\":1}"),
                call[0],
                call[2],
                extension(AnswerPlace.ANSWER, "choices", "[{\"index\":1,\"message\":{}}]"),
                extension(AnswerPlace.ANSWER, "upstream_usage", "{\"cost\":0.10}"),
                CALLED))
        .isEqualTo(
            "{\"id\":\"cmpl-x\",\"object\":\"chat.completion\",\"created\":1700000000,"
                + "\"model\":\"small-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":null,\"refusal\":null,\"tool_calls\":[{\"id\":\"c-0\",\"type\":\"function\","
                + "\"function\":{\"name\":\"lookup\",\"arguments\":\"{}\"},\"extra_content\":{\"s\":1}}],"
                + "\"annotations\":[]},\"logprobs\":{\"content\":[]},\"finish_reason\":\"tool_calls\","
                + "\"seed\":5},{\"index\":1,\"message\":{}}],\"usage\":{\"prompt_tokens\":1,\"cost\":0.10},"
                + "\"system_fingerprint\":\"fp\"}");
  }

  @Test
  void opaqueReasoningOfThisDialectIsInItsFieldAndOnce() {
    StreamEvent.Extension details =
        new StreamEvent.Extension(AnswerPlace.MESSAGE, "details", new JsonText("[1,2]"));
    StreamEvent block =
        new StreamEvent.ReasoningBlock(new JsonText("{\"d\":[1,2]}"), Optional.of(details));
    assertThat(
            message(
                false,
                field(AnswerPlace.MESSAGE, "details", "[1]"),
                field(AnswerPlace.MESSAGE, "details", "[2]"),
                TEXT,
                block,
                END))
        .isEqualTo(
            "\"role\":\"assistant\",\"content\":\"T\\u00e9a?\",\"refusal\":null,\"details\":[1,2]");
  }

  @Test
  void aForeignFieldCannotTakeThePlaceOfTheGatewaysOwn() {
    assertThat(
            written(
                extension(AnswerPlace.ANSWER, "adjustments", "1"),
                extension(AnswerPlace.CHOICE, "finish_reason", "2"),
                extension(AnswerPlace.MESSAGE, "role", "3"),
                END))
        .contains(
            "\"upstream_adjustments\":1", "\"upstream_finish_reason\":2", "\"upstream_role\":3");
  }
}
