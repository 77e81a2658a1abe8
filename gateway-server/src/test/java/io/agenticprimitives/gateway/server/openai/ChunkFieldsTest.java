package io.agenticprimitives.gateway.server.openai;

import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.extension;
import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.field;
import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.finished;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Fields of an upstream of the same dialect, which the gateway does not understand, in chunks.
class ChunkFieldsTest {
  private static final StreamEvent TEXT = new StreamEvent.TextDelta("Tea");
  private static final StreamEvent END = finished(StopReason.END_TURN, "stop");

  private final ChunksUnderTest chunks = new ChunksUnderTest();

  @Test
  void theUpstreamsIdentityIsInEveryChunk() {
    String sent =
        chunks.sent(
            field(AnswerPlace.ANSWER, "created", "1700000000"),
            field(AnswerPlace.ANSWER, "service_tier", "\"flex\""),
            field(AnswerPlace.ANSWER, "id", "\"cmpl-x\""),
            field(AnswerPlace.ANSWER, "system_fingerprint", "\"fp\""),
            TEXT,
            extension(AnswerPlace.ANSWER, "id", "\"cmpl-x\""),
            extension(AnswerPlace.ANSWER, "system_fingerprint", "\"fp\""),
            END);
    String prefix =
        "data: {\"id\":\"cmpl-x\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
            + "\"model\":\"small-1\",\"system_fingerprint\":\"fp\",\"service_tier\":\"flex\","
            + "\"choices\":[{\"index\":0,\"delta\":{";
    assertThat(sent)
        .isEqualTo(
            prefix
                + "\"role\":\"assistant\",\"content\":\"Tea\"},\"finish_reason\":null}]}\n\n"
                + prefix
                + "},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
  }

  @Test
  void anIdentityThatIsNoneIsReplaced() {
    assertThat(
            chunks.choices(
                field(AnswerPlace.ANSWER, "id", "\"\""),
                field(AnswerPlace.ANSWER, "created", "1.5"),
                END))
        .hasSize(1);
  }

  @Test
  void whatComesTooLateForEveryChunkIsInTheLast() {
    assertThat(
            chunks.choices(
                TEXT,
                field(AnswerPlace.ANSWER, "id", "\"late\""),
                field(AnswerPlace.ANSWER, "system_fingerprint", "\"fp\""),
                END))
        .last()
        .isEqualTo(
            "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"upstream_id\":\"late\","
                + "\"system_fingerprint\":\"fp\"");
  }

  @Test
  void fieldsOfTheAnswerComeOnceWithTheLastValue() {
    assertThat(
            chunks.choices(
                field(AnswerPlace.ANSWER, "citations", "[1]"),
                TEXT,
                field(AnswerPlace.ANSWER, "citations", "[1, 2]"),
                extension(AnswerPlace.ANSWER, "citations", "[1,2]"),
                extension(AnswerPlace.ANSWER, "cost", "0.10"),
                END))
        .containsExactly(
            "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Tea\"},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"citations\":[1,2],\"cost\":0.10");
  }

  @Test
  void fieldsOfTheChoiceAndOfTheMessageComeAsTheyCome() {
    assertThat(
            chunks.choices(
                field(AnswerPlace.CHOICE, "logprobs", "{\"content\":[{\"token\":\"Te\"}]}"),
                field(AnswerPlace.MESSAGE, "annotations", "[]"),
                field(AnswerPlace.CHOICE, "logprobs", "{\"content\":[{\"token\":\"a\"}]}"),
                extension(AnswerPlace.CHOICE, "logprobs", "{\"content\":[1]}"),
                extension(AnswerPlace.CHOICE, "matched_stop", "5"),
                extension(AnswerPlace.MESSAGE, "audio", "{}"),
                END))
        .containsExactly(
            "[{\"index\":0,\"delta\":{\"role\":\"assistant\"},\"finish_reason\":null,"
                + "\"logprobs\":{\"content\":[{\"token\":\"Te\"}]}}]",
            "[{\"index\":0,\"delta\":{\"annotations\":[]},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{},\"finish_reason\":null,"
                + "\"logprobs\":{\"content\":[{\"token\":\"a\"}]}}]",
            "[{\"index\":0,\"delta\":{\"audio\":{}},\"finish_reason\":\"stop\",\"matched_stop\":5}]");
  }

  @Test
  void fieldsOfACallComeWithItOrAfterIt() {
    AnswerPlace call = AnswerPlace.toolCall(0);
    assertThat(
            chunks.choices(
                field(call, "extra_content", "{\"s\":1}"),
                new StreamEvent.ToolCallStarted(0, "a", "lookup"),
                field(call, "confidence", "0.5"),
                new StreamEvent.ToolCallDelta(0, "{}"),
                new StreamEvent.ToolCallEnded(0),
                extension(call, "extra_content", "{\"s\":1}"),
                extension(call, "signature", "\"x\""),
                finished(StopReason.TOOL_USE, "tool_calls")))
        .containsExactly(
            "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"a\","
                + "\"type\":\"function\",\"function\":{\"name\":\"lookup\",\"arguments\":\"\"},"
                + "\"extra_content\":{\"s\":1}}]},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"confidence\":0.5}]},"
                + "\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{"
                + "\"arguments\":\"{}\"}}]},\"finish_reason\":null}]",
            "[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"signature\":\"x\"}]},"
                + "\"finish_reason\":\"tool_calls\"}]");
  }

  @Test
  void piecesThatComeBeforeTheCallAreAllThere() {
    AnswerPlace call = AnswerPlace.toolCall(0);
    assertThat(
            chunks.deltas(
                field(call, "extra", "[{\"index\":0,\"text\":\"a\"}]"),
                field(call, "extra", "[{\"index\":0,\"text\":\"b\"}]"),
                new StreamEvent.ToolCallStarted(0, "a", "lookup"),
                new StreamEvent.ToolCallEnded(0),
                finished(StopReason.TOOL_USE, "tool_calls")))
        .startsWith(
            "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{"
                + "\"name\":\"lookup\",\"arguments\":\"\"},\"extra\":[{\"index\":0,\"text\":\"a\"}]}]",
            "\"tool_calls\":[{\"index\":0,\"extra\":[{\"index\":0,\"text\":\"b\"}]}]");
  }

  @Test
  void otherChoicesComeAsTheyCome() {
    String piece = "{\"index\":1,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}";
    assertThat(
            chunks.choices(
                TEXT,
                field(AnswerPlace.otherChoice(1), "choice", piece.formatted("x")),
                field(AnswerPlace.otherChoice(1), "choice", piece.formatted("y")),
                extension(AnswerPlace.ANSWER, "choices", "[{\"index\":1}]"),
                END))
        .containsExactly(
            "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Tea\"},\"finish_reason\":null}]",
            "[" + piece.formatted("x") + "]",
            "[" + piece.formatted("y") + "]",
            "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
  }

  @Test
  void aForeignFieldCannotTakeThePlaceOfTheGatewaysOwn() {
    AnswerPlace call = AnswerPlace.toolCall(0);
    List<String> all =
        chunks.choices(
            field(AnswerPlace.ANSWER, "adjustments", "1"),
            field(AnswerPlace.ANSWER, "error", "2"),
            field(AnswerPlace.CHOICE, "finish_reason", "3"),
            field(AnswerPlace.MESSAGE, "content", "4"),
            new StreamEvent.ToolCallStarted(0, "a", "lookup"),
            field(call, "function", "5"),
            new StreamEvent.ToolCallEnded(0),
            finished(StopReason.TOOL_USE, "tool_calls"));
    assertThat(all)
        .anyMatch(chunk -> chunk.endsWith(",\"upstream_adjustments\":1,\"upstream_error\":2"))
        .anyMatch(chunk -> chunk.contains("\"finish_reason\":null,\"upstream_finish_reason\":3"))
        .anyMatch(chunk -> chunk.contains("\"delta\":{\"upstream_content\":4}"))
        .anyMatch(chunk -> chunk.contains("{\"index\":0,\"upstream_function\":5}"));
  }
}
