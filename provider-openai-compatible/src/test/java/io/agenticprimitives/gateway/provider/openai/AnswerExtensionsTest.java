package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Extension;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an answer says beyond the vocabulary, streamed or not, and its further choices.
class AnswerExtensionsTest {

  @Test
  void fieldsOfTheAnswerAreKeptUnderTheirNames() {
    Answer answer =
        answer(
            """
            {"id":"","created":0,"object":"chat.completion.chunk","obfuscation":"x","p":"y",\
            "padding":"z","choices":[]}\
            """,
            """
            {"id":"a","created":5,"system_fingerprint":"fp","service_tier":"default",\
            "citations":["u"],"choices":[{"index":0,"native_finish_reason":null}]}\
            """,
            """
            {"id":"stub","created":9,"citations":["u","v"],\
            "choices":[{"index":0,"native_finish_reason":"STOP","finish_reason":"stop"}]}\
            """);
    assertThat(answer.extensions())
        .containsOnly(
            Map.entry("id", "\"a\""),
            Map.entry("created", "5"),
            Map.entry("system_fingerprint", "\"fp\""),
            Map.entry("service_tier", "\"default\""),
            Map.entry("citations", "[\"u\",\"v\"]"),
            Map.entry("native_finish_reason", "\"STOP\""));
  }

  @Test
  void piecesOfFieldsOfTheMessageAreAddedUp() {
    Answer answer =
        answer(
            """
            {"choices":[{"index":0,"delta":{"annotations":[{"n":1}],"images":[{"url":"i"}],\
            "audio":{"id":"au","data":"AA","transcript":"h"}},\
            "logprobs":{"content":[{"token":"x","logprob":-0.50}],"refusal":null}}]}\
            """,
            """
            {"choices":[{"index":0,"delta":{"annotations":[{"n":2}],\
            "audio":{"data":"BB","transcript":"i","expires_at":3}},\
            "logprobs":{"content":[{"token":"y","logprob":NaN}]}}]}\
            """);
    assertThat(answer.extensions())
        .containsOnly(
            Map.entry("annotations", "[{\"n\":1},{\"n\":2}]"),
            Map.entry("images", "[{\"url\":\"i\"}]"),
            Map.entry(
                "audio",
                """
                {"id":"au","data":"AABB","transcript":"hi","expires_at":3}\
                """),
            Map.entry(
                "logprobs",
                """
                {"content":[{"token":"x","logprob":-0.50},{"token":"y","logprob":"NaN"}],\
                "refusal":null}\
                """));
  }

  @Test
  void fillersAreNoExtensions() {
    Answer answer =
        Answer.ofJson(
            "{\"id\":\"\",\"service_tier\":\"\",\"system_fingerprint\":null,\"citations\":[],\"x\":{\"y\":{\"z\":0}},"
                + "\"choices\":[{\"message\":{\"content\":\"a\",\"audio\":{\"data\":\"\",\"expires_at\":0},\"annotations\":[]}}]}");
    assertThat(answer.extensions()).isEmpty();
  }

  @Test
  void otherChoicesAreAddedUpAndKeptWhole() {
    String chunk =
        "{\"model\":\"m\",\"choices\":[{\"index\":%d,\"delta\":%s,\"finish_reason\":%s}]}";
    Answer answer =
        answer(
            chunk.formatted(1, "{\"role\":\"assistant\",\"content\":\"x\"}", "null"),
            chunk.formatted(0, "{\"content\":\"a\"}", "null"),
            chunk.formatted(
                1,
                "{\"content\":\"y\",\"tool_calls\":[{\"index\":0,\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}",
                "null"),
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]},\"index\":1,\"finish_reason\":\"tool_calls\"}]}",
            chunk.formatted(0, "{}", "\"stop\""));
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.calls()).isEmpty();
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
    assertThat(answer.extensions())
        .containsEntry(
            "choices",
            "[{\"finish_reason\":\"tool_calls\",\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"xy\","
                + "\"tool_calls\":[{\"index\":0,\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]");
  }

  @Test
  void otherChoicesOfAWholeAnswerStayAsTheyCame() {
    Answer answer =
        Answer.ofJson(
            "{\"choices\":[{\"message\":{\"content\":\"a\"}},{\"message\":{\"content\":\"b\"},\"finish_reason\":\"length\"}]}");
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.extensions())
        .containsEntry(
            "choices",
            "[{\"message\":{\"content\":\"b\"},\"finish_reason\":\"length\",\"index\":1}]");
  }

  @Test
  void withoutAChoiceOfIndexZeroTheLowestIsTheAnswer() {
    Answer whole =
        Answer.ofJson(
            "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]}");
    assertThat(whole.text()).isEqualTo("a");
    assertThat(whole.finished().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    String chunk = "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"%s\"}}]}";
    assertThat(answer(chunk.formatted("a"), chunk.formatted("b")).text()).isEqualTo("ab");
    assertThat(answer("{\"choices\":[{\"index\":1,\"error\":{\"message\":\"lost\"}}]}").failed())
        .hasMessageContaining("lost");
  }

  @Test
  void theExtensionsComeBeforeTheEnd() {
    Answer answer = Answer.ofJson("{\"id\":\"a\",\"choices\":[]}");
    assertThat(answer.events().get(1)).isInstanceOf(Extension.class);
    assertThat(answer.events()).hasSize(3);
  }
}
