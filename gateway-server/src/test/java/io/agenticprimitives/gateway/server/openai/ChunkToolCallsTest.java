package io.agenticprimitives.gateway.server.openai;

import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.field;
import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.finished;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkToolCallsTest {
  private static final StreamEvent END = finished(StopReason.TOOL_USE, "tool_calls");
  private static final String BEGIN =
      "\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{"
          + "\"name\":\"%s\",\"arguments\":\"\"}}]";
  private static final String PIECE =
      "\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":\"%s\"}}]";

  private final ChunksUnderTest chunks = new ChunksUnderTest();

  private static StreamEvent started(int index, String id, String name) {
    return new StreamEvent.ToolCallStarted(index, id, name);
  }

  private static StreamEvent delta(int index, String arguments) {
    return new StreamEvent.ToolCallDelta(index, arguments);
  }

  private static StreamEvent ended(int index) {
    return new StreamEvent.ToolCallEnded(index);
  }

  @Test
  void aCallBeginsWithIdTypeAndNameAndGoesOnWithArguments() {
    assertThat(
            chunks.deltas(
                started(0, "a", "lookup"), delta(0, "{\"q\":"), delta(0, " 1}"), ended(0), END))
        .containsExactly(
            BEGIN.formatted(0, "a", "lookup"),
            PIECE.formatted(0, "{\\\"q\\\":"),
            PIECE.formatted(0, " 1}"));
  }

  @Test
  void parallelCallsInterleaveAsTheyCome() {
    assertThat(
            chunks.deltas(
                started(0, "a", "lookup"),
                started(1, "b", "order"),
                delta(1, "{"),
                delta(0, "[1"),
                delta(1, "}"),
                ended(1),
                delta(0, "]"),
                ended(0),
                END))
        .containsExactly(
            BEGIN.formatted(0, "a", "lookup"),
            BEGIN.formatted(1, "b", "order"),
            PIECE.formatted(1, "{"),
            PIECE.formatted(0, "[1"),
            PIECE.formatted(1, "}"),
            PIECE.formatted(0, "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | {}",
        "' ' | {}",
        "null | {}",
        "' null ' | {}",
        "nul,l | {}",
        "n,u,l,l,s | nulls",
        "nu | nu",
        "' ,7' | ' 7'",
      })
  void noArgumentsInAnySpellingAreAnEmptyObject(String pieces, String written) {
    List<StreamEvent> events = new ArrayList<>(List.of(started(0, "a", "lookup")));
    for (String piece : pieces.split(",", -1)) {
      events.add(delta(0, piece));
    }
    events.addAll(List.of(ended(0), END));
    assertThat(chunks.deltas(events.toArray(StreamEvent[]::new)))
        .containsExactly(BEGIN.formatted(0, "a", "lookup"), PIECE.formatted(0, written));
  }

  @Test
  void aCallWithoutAnyPieceHasNoArguments() {
    assertThat(chunks.deltas(started(0, "a", "lookup"), ended(0), END))
        .containsExactly(BEGIN.formatted(0, "a", "lookup"), PIECE.formatted(0, "{}"));
  }

  @Test
  void theInputOfACustomToolIsItsText() {
    assertThat(
            chunks.deltas(
                field(AnswerPlace.toolCall(0), "type", "\"custom\""),
                started(0, "a", "shell"),
                delta(0, "\""),
                delta(0, "ls \\\"x\\\"\\n"),
                delta(0, "\""),
                ended(0),
                END))
        .containsExactly(
            "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"custom\",\"custom\":{"
                + "\"name\":\"shell\",\"input\":\"\"}}]",
            "\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"ls \\\"x\\\"\\n\"}}]");
  }

  @Test
  void aCustomCallThatWasCutKeepsWhatThereIs() {
    assertThat(
            chunks.deltas(
                field(AnswerPlace.toolCall(0), "type", "\"custom\""),
                started(0, "a", "shell"),
                delta(0, "\"ls"),
                ended(0),
                finished(StopReason.MAX_TOKENS, "length")))
        .last()
        .isEqualTo("\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"\\\"ls\"}}]");
  }

  @Test
  void callersOfFunctionsGetTheOlderForm() {
    chunks.functions = true;
    assertThat(
            chunks.choices(
                started(0, "a", "lookup"), delta(0, "{\"q\":"), delta(0, "1}"), ended(0), END))
        .containsExactly(
            "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"function_call\":{\"name\":\"lookup\","
                + "\"arguments\":\"\"}},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{\"function_call\":{\"arguments\":\"{\\\"q\\\":\"}},"
                + "\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{\"function_call\":{\"arguments\":\"1}\"}},"
                + "\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{},\"finish_reason\":\"function_call\","
                + "\"upstream_finish_reason\":\"tool_calls\"}]");
  }

  @Test
  void aSecondCallIsNotLostToCallersOfFunctions() {
    chunks.functions = true;
    assertThat(
            chunks.choices(
                started(0, "a", "lookup"),
                started(1, "b", "order"),
                delta(1, "{\"n\":2}"),
                ended(0),
                ended(1),
                END))
        .containsExactly(
            "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"function_call\":{\"name\":\"lookup\","
                + "\"arguments\":\"\"}},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{"
                + BEGIN.formatted(1, "b", "order")
                + "},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{"
                + PIECE.formatted(1, "{\\\"n\\\":2}")
                + "},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{\"function_call\":{\"arguments\":\"{}\"}},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]");
  }
}
