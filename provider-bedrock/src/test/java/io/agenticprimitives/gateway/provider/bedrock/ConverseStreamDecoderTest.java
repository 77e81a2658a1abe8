package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConverseStreamDecoderTest {

  private static Frames said(String text) {
    return new Frames().start().text(0, text).blockStop(0);
  }

  @Test
  void eventsComeInTheOrderOfTheStream() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .start()
                .text(0, "a")
                .blockStop(0)
                .tool(1, "id", "f")
                .toolInput(1, "{}")
                .blockStop(1)
                .stop("tool_use")
                .metadata());
    assertThat(answer.events())
        .containsExactly(
            new StreamEvent.Started(Answer.MODEL),
            new StreamEvent.TextDelta("a"),
            new StreamEvent.ToolCallStarted(0, "id", "f"),
            new StreamEvent.ToolCallDelta(0, "{}"),
            new StreamEvent.ToolCallEnded(0),
            new StreamEvent.Extension(
                "metrics", ResponseJson.text(ResponseJson.object().put("latencyMs", 7))),
            new StreamEvent.Finished(StopReason.TOOL_USE, "tool_use", Usage.of(3, 5)));
  }

  @Test
  void anEmptyAnswerIsAnAnswer() {
    Answer answer = Answer.ofStream(new Frames().start().stop("end_turn").metadata());
    assertThat(answer.text()).isEmpty();
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
  }

  @Test
  void toolCallsAreNumberedDenselyWhateverTheirBlocks() {
    Answer answer =
        Answer.ofStream(
            said("x")
                .tool(3, "a", "f")
                .tool(7, "b", "g")
                .toolInput(7, "{\"b\":")
                .toolInput(3, "")
                .toolInput(3, "{\"a\":1}")
                .toolInput(7, "2}")
                .blockStop(7)
                .blockStop(3)
                .stop("tool_use")
                .metadata());
    assertThat(answer.calls())
        .containsExactly(
            new Answer.Call("a", "f", "{\"a\":1}"), new Answer.Call("b", "g", "{\"b\":2}"));
  }

  @Test
  void aCallWithoutPiecesAndOneWithoutAStopAreCalls() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .start()
                .tool(0, "a", "f")
                .blockStop(0)
                .tool(1, "b", "g")
                .stop("tool_use")
                .metadata());
    assertThat(answer.calls())
        .containsExactly(new Answer.Call("a", "f", ""), new Answer.Call("b", "g", ""));
  }

  @Test
  void aStartUnderAnIndexInUseEndsWhatWasThere() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .start()
                .text(0, "x")
                .tool(0, "a", "f")
                .toolInput(0, "{}")
                .tool(0, "b", "g")
                .text(0, "y")
                .toolInput(0, "[]")
                .stop("tool_use")
                .metadata());
    assertThat(answer.text()).isEqualTo("xy");
    assertThat(answer.calls())
        .containsExactly(new Answer.Call("a", "f", "{}"), new Answer.Call("b", "g", "[]"));
  }

  @Test
  void namesAreTheCallersOwnAgain() {
    ToolNames names = ToolNames.of(List.of("my tool"));
    String upstream = names.toUpstream("my tool");
    assertThat(upstream).isNotEqualTo("my tool");
    byte[] body = new Frames().start().tool(0, "a", upstream).stop("tool_use").metadata().bytes();
    Answer answer =
        Answer.of(new ConverseStreamDecoder(new ByteArrayInputStream(body), "", "m", names)::next);
    assertThat(answer.calls()).containsExactly(new Answer.Call("a", "my tool", ""));
  }

  @Test
  void argumentsThatNobodyBeganAreDamage() {
    Answer answer = Answer.ofStream(new Frames().start().text(0, "x").toolInput(0, "{}"));
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining("a tool call that has not begun");
  }

  @Test
  void membersMayStandInAnyOrderAndUnknownOnesArePassedOver() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .event("messageStart", "{\"p\":\"\",\"role\":\"assistant\"}")
                .event(
                    "contentBlockDelta",
                    "{\"p\":{\"q\":[1]},\"delta\":{\"text\":\"a\"},\"contentBlockIndex\":4}")
                .event("contentBlockDelta", "{\"delta\":{\"text\":null}}")
                .event("somethingNew", "{\"a\":1}")
                .blockStart(9, "{}")
                .blockStart(9, "{\"text\":{}}")
                .stop("end_turn")
                .metadata());
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
  }

  @Test
  void aReasoningBlockCanBeNothingButASignature() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .start()
                .delta(0, "{\"reasoningContent\":{\"signature\":\"s1\"}}")
                .delta(0, "{\"reasoningContent\":{\"signature\":\"s2\"}}")
                .blockStop(0)
                .stop("end_turn")
                .metadata());
    assertThat(answer.reasoningBlocks())
        .containsExactly(
            "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"\",\"signature\":\"s1s2\"}}}");
    assertThat(answer.reasoning()).isEmpty();
  }

  @Test
  void encryptedReasoningInPiecesIsPutTogetherAsBytes() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .start()
                .delta(0, "{\"reasoningContent\":{\"redactedContent\":\"YQ==\"}}")
                .delta(0, "{\"reasoningContent\":{\"redactedContent\":\"YmM=\"}}")
                .text(1, "x")
                .stop("end_turn")
                .metadata());
    assertThat(answer.reasoningBlocks())
        .containsExactly("{\"reasoningContent\":{\"redactedContent\":\"YWJj\"}}");
  }

  @Test
  void picturesInPiecesAreOnePicture() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .start()
                .blockStart(0, "{\"image\":{\"format\":\"png\"}}")
                .delta(0, "{\"image\":{\"source\":{\"bytes\":\"YQ==\"}}}")
                .delta(0, "{\"image\":{\"source\":{\"bytes\":\"YmM=\"}}}")
                .blockStop(0)
                .stop("end_turn")
                .metadata());
    assertThat(answer.extensions())
        .containsEntry("images", "[{\"format\":\"png\",\"source\":{\"bytes\":\"YWJj\"}}]");
  }

  @Test
  void contentThatNobodyKnowsIsHandedOn() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .start()
                .blockStart(0, "{\"hologram\":{\"size\":3}}")
                .delta(0, "{\"hologram\":{\"light\":1.50}}")
                .stop("end_turn")
                .metadata());
    assertThat(answer.extensions())
        .containsEntry(
            "content_blocks", "[{\"hologram\":{\"size\":3}},{\"hologram\":{\"light\":1.50}}]");
  }

  @Test
  void aCitationAfterItsTextBelongsToIt() {
    Answer answer =
        Answer.ofStream(
            said("😀b")
                .text(1, "cde")
                .delta(1, "{\"citation\":{\"title\":\"t\"}}")
                .blockStop(1)
                .text(2, "f")
                .stop("end_turn")
                .metadata());
    assertThat(answer.extensions())
        .containsEntry(
            "citations", "[{\"start_index\":2,\"end_index\":5,\"citation\":{\"title\":\"t\"}}]");
  }

  @Test
  void whatBedrockSaysOfTheAnswerIsHandedOn() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .start()
                .event(
                    "messageStop",
                    "{\"stopReason\":\"stop_sequence\",\"additionalModelResponseFields\":"
                        + "{\"stop_sequence\":\"END\"},\"p\":\"x\"}")
                .event(
                    "metadata",
                    "{\"usage\":{\"inputTokens\":1,\"cacheReadInputTokens\":2,"
                        + "\"cacheWriteInputTokenCount\":4,\"outputTokens\":8,"
                        + "\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":4}],"
                        + "\"serverToolUsage\":{}},\"serviceTier\":{\"type\":\"flex\"},"
                        + "\"trace\":{\"promptRouter\":{\"invokedModelId\":\"m\"}},"
                        + "\"performanceConfig\":{\"latency\":\"optimized\"},\"p\":\"y\"}"));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.STOP_SEQUENCE);
    Usage usage = answer.finished().usage();
    assertThat(usage.inputTokens()).hasValue(7);
    assertThat(usage.outputTokens()).hasValue(8);
    assertThat(usage.cacheReadInputTokens()).hasValue(2);
    assertThat(usage.cacheWriteInputTokens()).hasValue(4);
    assertThat(answer.extensions())
        .containsOnlyKeys(
            "additionalModelResponseFields",
            "upstream_usage",
            "serviceTier",
            "trace",
            "performanceConfig")
        .containsEntry("additionalModelResponseFields", "{\"stop_sequence\":\"END\"}")
        .containsEntry("upstream_usage", "{\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":4}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, END_TURN",
    "tool_use, TOOL_USE",
    "max_tokens, MAX_TOKENS",
    "model_context_window_exceeded, MAX_TOKENS",
    "stop_sequence, STOP_SEQUENCE",
    "guardrail_intervened, CONTENT_FILTER",
    "content_filtered, CONTENT_FILTER",
    "refusal, REFUSAL",
    "something_new, END_TURN"
  })
  void wordsForTheEnd(String word, StopReason meaning) {
    StreamEvent.Finished end = Answer.ofStream(said("x").stop(word).metadata()).finished();
    assertThat(end.stopReason()).isEqualTo(meaning);
    assertThat(end.upstreamStopReason()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, TOOL_USE",
    "something_new, TOOL_USE",
    "stop_sequence, TOOL_USE",
    "max_tokens, MAX_TOKENS",
    "guardrail_intervened, CONTENT_FILTER"
  })
  void wordsForTheEndBesideToolCalls(String word, StopReason meaning) {
    Frames frames = said("x").tool(1, "a", "f").blockStop(1).stop(word).metadata();
    assertThat(Answer.ofStream(frames).finished().stopReason()).isEqualTo(meaning);
  }

  @Test
  void aToolThatBedrockRunsIsNoReasonToWait() {
    Frames frames =
        new Frames()
            .start()
            .blockStart(
                0,
                "{\"toolUse\":{\"toolUseId\":\"a\",\"name\":\"s\",\"type\":\"server_tool_use\"}}")
            .toolInput(0, "{broken")
            .stop("end_turn")
            .metadata();
    Answer answer = Answer.ofStream(frames);
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
    assertThat(answer.calls()).isEmpty();
    assertThat(answer.extensions())
        .containsEntry(
            "server_tool_blocks",
            "[{\"toolUse\":{\"toolUseId\":\"a\",\"name\":\"s\",\"type\":\"server_tool_use\","
                + "\"input\":\"{broken\"}}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"malformed_model_output", "malformed_tool_use"})
  void aBrokenAnswerIsAFailure(String word) {
    Answer answer = Answer.ofStream(said("x").stop(word).metadata());
    assertThat(answer.text()).isEqualTo("x");
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining(word);
    assertThat(answer.failed().upstream().code()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "validationException, INVALID_REQUEST, ValidationException",
    "throttlingException, RATE_LIMITED, ThrottlingException",
    "modelStreamErrorException, UPSTREAM_FAILURE, ModelStreamErrorException",
    "internalServerException, UPSTREAM_FAILURE, InternalServerException",
    "serviceUnavailableException, OVERLOADED, ServiceUnavailableException",
    "modelTimeoutException, TIMEOUT, ModelTimeoutException",
    "newException, UPSTREAM_FAILURE, NewException"
  })
  void anExceptionEndsTheAnswerAfterWhatWasSaid(String type, ErrorKind kind, String code) {
    Answer answer =
        Answer.ofStream(
            said("x").exception(type, "{\"message\":\"Too bad.\",\"p\":\"z\"}").stop("end_turn"));
    assertThat(answer.text()).isEqualTo("x");
    assertThat(answer.failed().kind()).isEqualTo(kind);
    assertThat(answer.failed()).hasMessageContaining("Too bad.");
    assertThat(answer.failed().upstream().code()).isEqualTo(code);
    assertThat(answer.failed().upstream().requestId()).isEqualTo("request-1");
    assertThat(answer.failed().upstream().status()).isZero();
  }

  @Test
  void anExceptionAsTheFirstMessageComesBeforeAnyEvent() {
    Answer answer =
        Answer.ofStream(new Frames().exception("throttlingException", "{\"message\":\"Wait.\"}"));
    assertThat(answer.events()).isEmpty();
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.RATE_LIMITED);
  }

  @Test
  void aModelsOwnWordsAreKept() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .exception(
                    "modelStreamErrorException",
                    "{\"message\":\"It failed.\",\"originalStatusCode\":500,"
                        + "\"originalMessage\":\"Out of memory\"}"));
    assertThat(answer.failed()).hasMessageContaining("It failed. The model said: Out of memory");
  }

  @Test
  void anErrorMessageIsAFailure() {
    Answer answer = Answer.ofStream(said("x").error("InternalFailure", "Something broke"));
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining("Something broke");
    assertThat(answer.failed().upstream().type()).isEqualTo("InternalFailure");
  }

  @Test
  void anExceptionWithoutWordsIsNamed() {
    Answer answer = Answer.ofStream(new Frames().exception("validationException", ""));
    assertThat(answer.failed()).hasMessageContaining("ValidationException");
  }

  @Test
  void metadataMayBeMissingOrComeFirst() {
    assertThat(Answer.ofStream(said("x").stop("end_turn")).finished().usage())
        .isEqualTo(Usage.UNKNOWN);
    assertThat(Answer.ofStream(said("x").metadata().stop("end_turn")).finished().usage())
        .isEqualTo(Usage.of(3, 5));
  }

  @Test
  void aConnectionThatIsLostAfterTheStopUndoesNothing() {
    byte[] body = said("x").stop("end_turn").bytes();
    Answer answer = Answer.ofStream(CutBody.broken(body, new IOException("reset")));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
  }

  @Test
  void anErrorAfterTheStopCounts() {
    Frames frames = said("x").stop("end_turn").exception("internalServerException", "{}");
    assertThat(Answer.ofStream(frames).failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  @Test
  void aConnectionThatIsLostBeforeTheStopIsACut() {
    Answer answer = Answer.ofStream(CutBody.broken(said("xyz").bytes(), new IOException("reset")));
    assertThat(answer.text()).isEqualTo("xyz");
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.CUT);
    assertThat(answer.failed()).hasMessageContaining("3 characters");
  }

  @Test
  void textThatIsNoJsonIsDamage() {
    Answer answer = Answer.ofStream(new Frames().start().event("contentBlockDelta", "nonsense"));
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining("contentBlockDelta is not JSON");
  }

  @Test
  void messagesOfAnotherKindAreDamage() {
    Answer answer =
        Answer.ofStream(
            new Frames().start().frame(java.util.Map.of(":message-type", "strange"), "{}"));
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }
}
