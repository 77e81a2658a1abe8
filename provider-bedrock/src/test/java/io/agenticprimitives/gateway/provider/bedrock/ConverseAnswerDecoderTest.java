package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConverseAnswerDecoderTest {

  private static String answer(String content, String rest) {
    return "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
        + content
        + "]}},"
        + rest
        + "}";
  }

  private static final String END =
      "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":3,\"outputTokens\":5},"
          + "\"metrics\":{\"latencyMs\":7}";

  private static Frames everyKindOfBlock() {
    return new Frames()
        .start()
        .delta(0, "{\"reasoningContent\":{\"text\":\"hm\"}}")
        .delta(0, "{\"reasoningContent\":{\"signature\":\"s\"}}")
        .blockStop(0)
        .text(1, "a")
        .blockStop(1)
        .delta(2, "{\"citation\":{\"title\":\"t\"}}")
        .text(2, "b")
        .blockStop(2)
        .tool(3, "i", "f")
        .toolInput(3, "{\"x\":1.50}")
        .blockStop(3)
        .blockStart(4, "{\"toolResult\":{\"toolUseId\":\"z\"}}")
        .delta(4, "{\"toolResult\":[{\"text\":\"r\"}]}")
        .blockStop(4)
        .blockStart(5, "{\"image\":{\"format\":\"png\"}}")
        .delta(5, "{\"image\":{\"source\":{\"bytes\":\"YQ==\"}}}")
        .blockStop(5)
        .stop("end_turn")
        .metadata();
  }

  @Test
  void aWholeAnswerGivesTheEventsThatAStreamGives() {
    Answer streamed = Answer.ofStream(everyKindOfBlock());
    Answer whole =
        Answer.ofJson(
            answer(
                "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"s\"}}},"
                    + "{\"text\":\"a\"},"
                    + "{\"citationsContent\":{\"content\":[{\"text\":\"b\"}],"
                    + "\"citations\":[{\"title\":\"t\"}]}},"
                    + "{\"toolUse\":{\"toolUseId\":\"i\",\"name\":\"f\",\"input\":{\"x\":1.50}}},"
                    + "{\"toolResult\":{\"toolUseId\":\"z\",\"content\":[{\"text\":\"r\"}]}},"
                    + "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"YQ==\"}}}",
                END));
    assertThat(whole.events()).isEqualTo(streamed.events());
  }

  @Test
  void contentThatNobodyKnowsIsHandedOn() {
    Answer whole = Answer.ofJson(answer("{\"hologram\":{\"size\":3}}", END));
    assertThat(whole.extensions()).containsEntry("content_blocks", "[{\"hologram\":{\"size\":3}}]");
  }

  @Test
  void aNumberWhoseExponentIsOutOfAllBoundsIsAFailure() {
    String content =
        "{\"toolUse\":{\"toolUseId\":\"i\",\"name\":\"f\",\"input\":{\"x\":1e99999999999}}}";
    assertThat(Answer.ofJson(answer(content, END)).failed().kind())
        .isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    Frames frames = new Frames().start().event("metadata", "{\"x\":1e99999999999}");
    assertThat(Answer.ofStream(frames).failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  /// Four bytes that begin like UTF-32 and are no character of it.
  @Test
  void theEncodingIsNotGuessed() {
    byte[] body = {0, 0, 0, ' ', 'a', 'l', 'l', 'x'};
    assertThat(Answer.ofJson(new ByteArrayInputStream(body)).failed().kind())
        .isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  @Test
  void aCallWithoutInputHasNoPieces() {
    Answer whole =
        Answer.ofJson(
            answer(
                "{\"toolUse\":{\"toolUseId\":\"i\",\"name\":\"f\"}}",
                "\"stopReason\":\"tool_use\""));
    assertThat(whole.events())
        .containsExactly(
            new StreamEvent.Started(Answer.MODEL),
            new StreamEvent.ToolCallStarted(0, "i", "f"),
            new StreamEvent.ToolCallEnded(0),
            whole.finished());
    assertThat(whole.finished().stopReason()).isEqualTo(StopReason.TOOL_USE);
  }

  @Test
  void aBrokenAnswerIsAFailureWithoutEvents() {
    Answer whole =
        Answer.ofJson(answer("{\"text\":\"x\"}", "\"stopReason\":\"malformed_tool_use\""));
    assertThat(whole.events()).isEmpty();
    assertThat(whole.failed()).hasMessageContaining("malformed_tool_use");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "<html><title>504 Gateway Time-out</title></html>",
        "{\"output\":{\"message\":{\"content\":[]}}}",
        "{\"stopReason\":\"end_turn\"}",
        "{\"output\":{\"message\":{\"content\":{}}},\"stopReason\":\"end_turn\"}"
      })
  void whatIsNoAnswerIsSaidToBeNone(String body) {
    Answer answer = Answer.ofJson(body);
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining("is not an answer of Converse");
  }

  @Test
  void aPageIsNamedByItsTitle() {
    Answer answer = Answer.ofJson("<html><head><title>Sign in</title></head></html>");
    assertThat(answer.failed())
        .hasMessageContaining("; its title is: Sign in")
        .hasMessageNotContaining("<");
  }

  @Test
  void anErrorWithAGoodStatusIsAnError() {
    Answer answer =
        Answer.ofJson(
            "{\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\","
                + "\"message\":\"No such operation\"},\"Version\":\"1.0\"}");
    assertThat(answer.failed()).hasMessageContaining("No such operation");
    assertThat(answer.failed().upstream().type()).isEqualTo("UnknownOperationException");
    assertThat(answer.failed().upstream().requestId()).isEqualTo("request-1");
  }

  @Test
  void anAnswerThatIsCutAnywhereIsACut() {
    byte[] body =
        answer("{\"text\":\"some text\"},{\"toolUse\":{\"toolUseId\":\"i\",\"name\":\"f\"}}", END)
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 1; length < body.length; length++) {
      Answer answer = Answer.ofJson(new ByteArrayInputStream(body, 0, length));
      assertThat(answer.failed().kind()).as("after %s bytes", length).isEqualTo(ErrorKind.CUT);
      Answer broken =
          Answer.ofJson(CutBody.broken(Arrays.copyOf(body, length), new IOException("reset")));
      assertThat(broken.failed().kind()).isEqualTo(ErrorKind.CUT);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nonsenseFailsAsDocumentedOrIsPassedOver(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      String body =
          answer(Nonsense.json(random), "\"stopReason\":\"x\",\"usage\":" + Nonsense.json(random));
      // The grammar is checked by Answer.
      assertThat(Answer.ofJson(body).events()).isNotEmpty();
    }
  }

  @Test
  void depthIsBounded() {
    String deep = "[".repeat(ResponseJson.MAX_DEPTH + 10);
    assertThat(Answer.ofJson(deep).failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }
}
