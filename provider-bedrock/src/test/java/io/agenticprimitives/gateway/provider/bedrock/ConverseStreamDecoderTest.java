package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the blocks of a stream become.
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
        Answer.of(
            new ConverseStreamDecoder(
                    new AnswerStream(new ByteArrayInputStream(body), _ -> {}), "", "m", names)
                ::next);
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
}
