package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.Usage;
import org.junit.jupiter.api.Test;

/// What a stream says beside text and tool calls.
class StreamDetailsTest {
  private static Frames said(String text) {
    return new Frames().start().text(0, text).blockStop(0);
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
}
