package io.agenticprimitives.gateway.server.nativeapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeCompletionWriterTest {
  private static final Usage USAGE =
      new Usage(
          OptionalLong.of(20),
          OptionalLong.empty(),
          OptionalLong.of(5),
          OptionalLong.of(6),
          OptionalLong.of(7));

  @Test
  void anAnswerHasItsSixKeysEvenIfThereIsNothingInThem() {
    Completion empty =
        new Completion(
            "",
            "",
            "",
            List.of(),
            "",
            List.of(),
            StopReason.END_TURN,
            "",
            Usage.UNKNOWN,
            List.of(),
            List.of());
    assertThat(written(empty, List.of()))
        .isEqualTo(
            "{\"model\":\"\",\"content\":\"\",\"usage\":{},\"metadata\":{},\"tool_calls\":null,"
                + "\"stop_reason\":\"end_turn\"}");
  }

  @Test
  void everythingThatIsKnownIsThere() {
    Completion full =
        new Completion(
            "small-1",
            "Tea?",
            "Hm",
            List.of(new StreamEvent.ReasoningBlock(new JsonText("{\"signature\": \"s\"}"))),
            "No",
            List.of(new ToolCall("c-1", "lookup", "{\"q\": \"tea\"}")),
            StopReason.TOOL_USE,
            "tool_calls",
            USAGE,
            List.of(new StreamEvent.Extension("citations", new JsonText("[1]"))),
            List.of());
    Adjustment adjustment = new Adjustment("seed", CallContext.Action.DROPPED, "no word for it");
    assertThat(written(full, List.of(adjustment)))
        .isEqualTo(
            "{\"model\":\"small-1\",\"content\":\"Tea?\",\"usage\":{\"input_tokens\":20,"
                + "\"output_tokens\":0,\"cache_read_input_tokens\":5,\"cache_write_input_tokens\":6,"
                + "\"reasoning_tokens\":7},\"metadata\":{\"upstream_stop_reason\":\"tool_calls\",\"adjustments\":[{\"path\":\"seed\",\"action\":\"dropped\",\"reason\":\"no"
                + " word for it\"}],\"citations\":[1]},\"tool_calls\":[{\"id\":\"c-1\","
                + "\"name\":\"lookup\",\"input\":{\"q\":\"tea\"}}],\"stop_reason\":\"tool_use\","
                + "\"reasoning\":\"Hm\",\"reasoning_blocks\":[{\"signature\":\"s\"}],"
                + "\"refusal\":\"No\"}");
  }

  @Test
  void anExtensionCannotTakeThePlaceOfTheGatewaysOwnFields() {
    Completion answer =
        new Completion(
            "",
            "",
            "",
            List.of(),
            "",
            List.of(),
            StopReason.END_TURN,
            "stop",
            Usage.UNKNOWN,
            List.of(new StreamEvent.Extension("upstream_stop_reason", new JsonText("1"))),
            List.of());
    assertThat(written(answer, List.of()))
        .contains(
            "\"metadata\":{\"upstream_stop_reason\":\"stop\",\"upstream_upstream_stop_reason\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"a\": 1} | {\"a\":1}",
        "{} | {}",
        "null | {}",
        "[1, 2] | [1,2]",
        "\"text\" | \"text\"",
        "1E400 | 1E400",
        "{\"a\": | {\"raw\":\"{\\\"a\\\":\"}",
        "hello | {\"raw\":\"hello\"}",
      })
  void argumentsAreParsedAndBrokenOnesAreKeptAsText(String arguments, String input) {
    assertThat(written(withCall(arguments), List.of())).contains("\"input\":" + input + "}]");
  }

  @Test
  void noArgumentsAreAnEmptyObject() {
    assertThat(written(withCall(" "), List.of())).contains("\"input\":{}}]");
  }

  private static Completion withCall(String arguments) {
    return new Completion(
        "m",
        "",
        "",
        List.of(),
        "",
        List.of(new ToolCall("c", "n", arguments)),
        StopReason.TOOL_USE,
        "",
        Usage.UNKNOWN,
        List.of(),
        List.of());
  }

  private static String written(Completion completion, List<Adjustment> adjustments) {
    JsonBuffer json = new JsonBuffer();
    NativeCompletionWriter.write(completion, adjustments, json);
    return json.toString();
  }
}
