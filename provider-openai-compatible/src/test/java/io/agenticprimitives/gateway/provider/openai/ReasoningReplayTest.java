package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasoningReplayTest {

  @Test
  void whatIsEncodedIsDecoded() {
    JsonText value =
        new JsonText("[{\"text\":\"a\\u0000\\\"\",\"n\":1.50,\"big\":123456789012345678901}]");
    for (ReasoningReplay replay :
        List.of(
            ReasoningReplay.ofMessage("reasoning_details", value),
            ReasoningReplay.ofMessage("content", new JsonText("[{\"type\":\"thinking\"}]")),
            ReasoningReplay.ofToolCall(3, "extra_content", value))) {
      assertThat(ReasoningReplay.decode(replay.encode().opaque())).contains(replay);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"x\"",
        "{}",
        "{\"field\":\"x\"}",
        "{\"value\":1}",
        "{\"field\":\"\",\"value\":1}",
        "{\"field\":7,\"value\":1}",
        "{\"field\":\"role\",\"value\":\"system\"}",
        "{\"field\":\"tool_calls\",\"value\":[]}",
        "{\"field\":\"tool_call_id\",\"value\":\"x\"}",
        "{\"field\":\"name\",\"value\":\"x\"}",
        "{\"field\":\"id\",\"tool_call\":0,\"value\":\"x\"}",
        "{\"field\":\"content\",\"value\":\"text\"}",
        "{\"field\":\"content\",\"value\":[{\"type\":\"text\",\"text\":\"x\"}]}",
        "{\"field\":\"a b\",\"value\":1}",
        "{\"field\":\"x\",\"tool_call\":-1,\"value\":1}",
        "{\"field\":\"x\",\"tool_call\":\"0\",\"value\":1}",
        "{\"reasoningText\":{\"text\":\"of another kind of backend\"}}"
      })
  void blocksThatWereNotMadeHereAreRefused(String block) {
    assertThat(ReasoningReplay.decode(new JsonText(block))).isEmpty();
  }

  @Test
  void aBlockAsDeepAsJsonTextAllowsIsRefusedWithoutAFailure() {
    String deep = "{\"field\":\"x\",\"value\":" + "[".repeat(505) + "]".repeat(505) + "}";
    assertThat(ReasoningReplay.decode(new JsonText(deep))).isEmpty();
  }
}
