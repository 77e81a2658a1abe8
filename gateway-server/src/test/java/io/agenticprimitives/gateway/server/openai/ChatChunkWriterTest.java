package io.agenticprimitives.gateway.server.openai;

import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.extension;
import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.field;
import static io.agenticprimitives.gateway.server.openai.ChunksUnderTest.finished;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.Failure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatChunkWriterTest {
  private static final StreamEvent TEXT = new StreamEvent.TextDelta("Tea");
  private static final StreamEvent END = finished(StopReason.END_TURN, "stop");

  private final ChunksUnderTest chunks = new ChunksUnderTest();

  @Test
  void aStreamIsDeltasAFinishReasonTheUsageAndTheEnd() {
    chunks.wantsUsage = true;
    assertThat(
            chunks.sent(
                new StreamEvent.ReasoningDelta("Hm"),
                new StreamEvent.TextDelta("T\u00e9\u2028a"),
                new StreamEvent.RefusalDelta("No"),
                END))
        .isEqualTo(
            """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"small-1",\
            "choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"Hm"},\
            "finish_reason":null}]}

            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"small-1",\
            "choices":[{"index":0,"delta":{"content":"T\\u00e9\\u2028a"},"finish_reason":null}]}

            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"small-1",\
            "choices":[{"index":0,"delta":{"refusal":"No"},"finish_reason":null}]}

            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"small-1",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"small-1",\
            "choices":[],"usage":{"prompt_tokens":20,"completion_tokens":8,"total_tokens":28}}

            data: [DONE]

            """);
  }

  @Test
  void anAnswerOfNothingHasARoleAllTheSame() {
    assertThat(chunks.choices(END))
        .containsExactly(
            "[{\"index\":0,\"delta\":{\"role\":\"assistant\"},\"finish_reason\":\"stop\"}]");
  }

  @Test
  void usageComesOnlyIfItIsWanted() {
    assertThat(chunks.sent(field(AnswerPlace.ANSWER, "usage", "{\"prompt_tokens\":1}"), END))
        .doesNotContain("usage");
  }

  @Test
  void usageComesOnlyIfItIsKnown() {
    chunks.wantsUsage = true;
    assertThat(chunks.choices(new StreamEvent.Finished(StopReason.END_TURN, "stop", Usage.UNKNOWN)))
        .hasSize(1)
        .noneMatch(choice -> choice.contains("usage"));
  }

  @Test
  void anUpstreamOfTheSameDialectIsQuotedOnItsUsage() {
    chunks.wantsUsage = true;
    assertThat(
            chunks.choices(
                field(AnswerPlace.ANSWER, "usage", "{\"prompt_tokens\": 1, \"cost\": 1.50E-4}"),
                extension(AnswerPlace.ANSWER, "upstream_usage", "{\"cost\":1.50E-4}"),
                END))
        .last()
        .isEqualTo("[],\"usage\":{\"prompt_tokens\":1,\"cost\":1.50E-4}");
  }

  @Test
  void usageHasItsParticularsWhereTheyAreKnown() {
    chunks.wantsUsage = true;
    Usage usage =
        new Usage(
            OptionalLong.of(20),
            OptionalLong.empty(),
            OptionalLong.of(5),
            OptionalLong.of(6),
            OptionalLong.of(7));
    assertThat(chunks.choices(new StreamEvent.Finished(StopReason.END_TURN, "", usage)))
        .last()
        .isEqualTo(
            "[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":0,\"total_tokens\":20,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":5,\"cache_write_tokens\":6},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":7}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "END_TURN | stop | \"stop\"",
        "END_TURN | '' | \"stop\"",
        "END_TURN | eos | \"stop\",\"upstream_finish_reason\":\"eos\"",
        "STOP_SEQUENCE | stop | \"stop\"",
        "REFUSAL | content_filter | \"stop\",\"upstream_finish_reason\":\"content_filter\"",
        "TOOL_USE | stop | \"tool_calls\",\"upstream_finish_reason\":\"stop\"",
        "TOOL_USE | tool_calls | \"tool_calls\"",
        "MAX_TOKENS | max_tokens | \"length\",\"upstream_finish_reason\":\"max_tokens\"",
        "CONTENT_FILTER | SAFETY | \"content_filter\",\"upstream_finish_reason\":\"SAFETY\"",
      })
  void theFinishReasonIsAWordOfOpenAIWithTheUpstreamsBesideIt(
      StopReason reason, String word, String written) {
    assertThat(chunks.choices(TEXT, finished(reason, word)))
        .last()
        .isEqualTo("[{\"index\":0,\"delta\":{},\"finish_reason\":" + written + "}]");
  }

  @Test
  void adjustmentsStandBesideTheFinishReason() {
    chunks.adjustments = List.of(new Adjustment("seed", CallContext.Action.CHANGED, "why"));
    assertThat(chunks.choices(TEXT, END))
        .last()
        .isEqualTo(
            "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"adjustments\":[{"
                + "\"path\":\"seed\",\"action\":\"changed\",\"reason\":\"why\"}]");
  }

  @Test
  void opaqueReasoningOfAnotherDialectComesInOneChunk() {
    assertThat(
            chunks.choices(
                new StreamEvent.ReasoningBlock(new JsonText("{\"s\":\n1}")),
                TEXT,
                new StreamEvent.ReasoningBlock(new JsonText("{\"s\":2}")),
                END))
        .last()
        .isEqualTo(
            "[{\"index\":0,\"delta\":{\"reasoning_blocks\":[{\"s\":1},{\"s\":2}]},"
                + "\"finish_reason\":\"stop\"}]");
  }

  @Test
  void opaqueReasoningOfThisDialectComesInItsFieldAndOnce() {
    StreamEvent.Extension details =
        new StreamEvent.Extension(AnswerPlace.MESSAGE, "details", new JsonText("[1,2]"));
    StreamEvent block =
        new StreamEvent.ReasoningBlock(new JsonText("{\"d\":[1,2]}"), Optional.of(details));
    assertThat(chunks.choices(block, END))
        .containsExactly(
            "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"details\":[1,2]},"
                + "\"finish_reason\":\"stop\"}]");
    ChunksUnderTest told = new ChunksUnderTest();
    assertThat(
            told.choices(
                field(AnswerPlace.MESSAGE, "details", "[1]"),
                field(AnswerPlace.MESSAGE, "details", "[2]"),
                block,
                END))
        .hasSize(3)
        .last()
        .isEqualTo("[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
  }

  @Test
  void aFailureIsAnErrorAndNoEnd() {
    ChatChunkWriter writer = chunks.writer();
    writer.write(new StreamEvent.Started("small-1"));
    writer.writeFailure(Failure.of(new BackendException(ErrorKind.CUT, "It broke off.")));
    assertThat(chunks.json.toString())
        .isEqualTo(
            "data: {\"error\":{\"message\":\"It broke off.\",\"type\":\"server_error\","
                + "\"param\":null,\"code\":\"cut\"}}\n\n");
  }
}
