package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.delta;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Extension;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallEnded;
import io.agenticprimitives.gateway.api.llm.StreamEvent.ToolCallStarted;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole answers, usage, and what an answer says beyond the vocabulary, streamed or not.
class AnswerDecoderTest {

  @Test
  void aWholeAnswerGivesTheEventsOfAStream() {
    String message =
        "{\"role\":\"assistant\",\"content\":\"hi\",\"tool_calls\":[{\"id\":\"A\",\"type\":\"function\","
            + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    Answer answer = Answer.ofJson("\n         \n" + whole(message, "tool_calls"));
    assertThat(answer.events().subList(0, 5))
        .containsExactly(
            new Started("m1"),
            new TextDelta("hi"),
            new ToolCallStarted(0, "A", "f"),
            new ToolCallDelta(0, "{}"),
            new ToolCallEnded(0));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.TOOL_USE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | ''",
        "\"\" | ''",
        "\" \\n a\" | ' \n a'",
        "{\"b\": 1, \"a\": [2.50]} | {\"b\":1,\"a\":[2.50]}",
        "7 | 7",
        "[\"a\",{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"output_text\",\"text\":\"c\"}] |"
            + " abc",
        "[] | ''"
      })
  void contentOfEveryTypeIsText(String content, String text) {
    String message = "{\"content\":" + content + "}";
    assertThat(Answer.ofJson(whole(message, "stop")).text()).isEqualTo(text);
    assertThat(answer(delta(message), finish("stop")).text()).isEqualTo(text);
  }

  @Test
  void partsOfOtherKindsAreKept() {
    String content =
        "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"reference\",\"reference_ids\":[1]},"
            + "{\"type\":\"refusal\",\"refusal\":\"no\"}]";
    Answer answer = Answer.ofJson(whole("{\"content\":" + content + "}", "stop"));
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.refusal()).isEqualTo("no");
    assertThat(answer.extensions())
        .containsEntry("content", "[{\"type\":\"reference\",\"reference_ids\":[1]}]");
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.REFUSAL);
  }

  @Test
  void aRefusalIsToldApartAndItsFillersAreNone() {
    Answer refused =
        answer(delta("{\"refusal\":\"I \"}"), delta("{\"refusal\":\"won't\"}"), finish("stop"));
    assertThat(refused.refusal()).isEqualTo("I won't");
    assertThat(refused.text()).isEmpty();
    assertThat(refused.finished().stopReason()).isEqualTo(StopReason.REFUSAL);
    Answer filler = answer(delta("{\"refusal\":\"\",\"content\":\"x\"}"), finish("stop"));
    assertThat(filler.finished().stopReason()).isEqualTo(StopReason.END_TURN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "7"})
  void withoutAFinishReasonAWholeAnswerIsFinishedAllTheSame(String reason) {
    String json = whole("{\"content\":\"a\"}", "X").replace("\"X\"", reason);
    Answer answer = Answer.ofJson(json);
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
  }

  @Test
  void noChoicesAreAnEmptyAnswer() {
    Answer answer = Answer.ofJson("{\"choices\":[],\"model\":\"m\"}");
    assertThat(answer.model()).isEqualTo("m");
    assertThat(answer.text()).isEmpty();
    assertThat(answer.finished().usage()).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void theMessageCountsAndNotTheDeltaBesideIt() {
    String json =
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"message\":{\"content\":\"a\"}}]}";
    assertThat(Answer.ofJson(json).text()).isEqualTo("a");
    assertThat(Answer.ofJson("{\"choices\":[{\"delta\":{\"content\":\"b\"}}]}").text())
        .isEqualTo("b");
  }

  @Test
  void anAnswerThatEndsInTheMiddleIsCut() {
    String json = whole("{\"content\":\"hello\"}", "stop");
    for (int end = 1; end < json.length(); end++) {
      BackendException failure = Answer.ofJson(json.substring(0, end)).failed();
      assertThat(failure.kind()).as("cut at %d", end).isEqualTo(ErrorKind.CUT);
    }
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> AnswerDecoder.decode(CutBody.broken(body, new IOException("reset"))))
        .isInstanceOfSatisfying(
            BackendException.class, failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CUT));
  }

  @Test
  void bytesThatAreNotTextAreReplaced() {
    byte[] body = whole("{\"content\":\"a#b\"}", "stop").getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '#' ? (byte) 0xE9 : body[i];
    }
    Answer answer = Answer.of(ResponseBody.open(null, false, CutBody.byteByByte(body)));
    assertThat(answer.text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void usageCountsHideInManyPlaces() {
    Usage all =
        new Usage(
            OptionalLong.of(9),
            OptionalLong.of(8),
            OptionalLong.of(7),
            OptionalLong.of(6),
            OptionalLong.of(5));
    for (String usage :
        new String[] {
          "{\"prompt_tokens\":9,\"completion_tokens\":8,\"prompt_tokens_details\":{\"cached_tokens\":7,"
              + "\"cache_write_tokens\":6},\"completion_tokens_details\":{\"reasoning_tokens\":5}}",
          "{\"input_tokens\":9,\"output_tokens\":8,\"input_tokens_details\":{\"cached_tokens\":7},"
              + "\"cache_creation_input_tokens\":6,\"output_tokens_details\":{\"reasoning_tokens\":5}}",
          "{\"prompt_tokens\":9,\"completion_tokens\":8,\"prompt_tokens_details\":null,"
              + "\"completion_tokens_details\":{\"reasoning_tokens\":null},\"cache_read_input_tokens\":7,"
              + "\"cache_creation_input_tokens\":6,\"reasoning_tokens\":5,\"total_tokens\":17}"
        }) {
      Answer answer = Answer.ofJson("{\"choices\":[],\"usage\":" + usage + "}");
      assertThat(answer.finished().usage()).as(usage).isEqualTo(all);
      assertThat(answer.extensions()).isEmpty();
    }
    for (String name :
        new String[] {"cached_tokens", "prompt_cache_hit_tokens", "num_cached_tokens"}) {
      Answer answer = Answer.ofJson("{\"choices\":[],\"usage\":{\"" + name + "\":3}}");
      assertThat(answer.finished().usage().cacheReadInputTokens()).hasValue(3);
    }
  }

  @Test
  void theLastCompleteUsageCountsWhereverItIs() {
    String usage = "{\"choices\":[],\"usage\":{\"prompt_tokens\":%s,\"completion_tokens\":%s}}";
    assertThat(
            answer(usage.formatted(1, 1), usage.formatted(3, 2), usage.formatted(9, "null"))
                .finished()
                .usage())
        .isEqualTo(Usage.of(3, 2));
    assertThat(
            answer(
                    text("a"),
                    "{\"choices\":[],\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}}")
                .finished()
                .usage())
        .isEqualTo(Usage.of(3, 2));
    assertThat(
            answer(
                    "{\"choices\":[{\"index\":0,\"delta\":{},\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}]}")
                .finished()
                .usage())
        .isEqualTo(Usage.of(3, 2));
    Usage half = answer(usage.formatted(7, "null")).finished().usage();
    assertThat(half.inputTokens()).hasValue(7);
    assertThat(half.outputTokens()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "\"x\"",
        "[]",
        "{}",
        "{\"prompt_tokens\":\"x\",\"completion_tokens\":-1}",
        "{\"prompt_tokens\":1e400}",
        "{\"prompt_tokens\":NaN}"
      })
  void usageThatIsNoneIsNone(String usage) {
    assertThat(Answer.ofJson("{\"choices\":[],\"usage\":" + usage + "}").finished().usage())
        .isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void usageThatSaysMoreIsKeptWhole() {
    String usage =
        "{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":9,\"cost\":0.10,\"cost_details\":{\"x\":1e-7}}";
    assertThat(Answer.ofJson("{\"choices\":[],\"usage\":" + usage + "}").extensions())
        .containsEntry("upstream_usage", usage.replace("1e-7", "1E-7"));
  }

  @Test
  void whatTheVocabularyHasNoWordForIsKeptUnderItsName() {
    Answer answer =
        answer(
            "{\"id\":\"\",\"created\":0,\"object\":\"chat.completion.chunk\",\"obfuscation\":\"x\",\"p\":\"y\","
                + "\"padding\":\"z\",\"choices\":[]}",
            "{\"id\":\"a\",\"created\":5,\"system_fingerprint\":\"fp\",\"service_tier\":\"default\",\"citations\":[\"u\"],"
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\",\"annotations\":[{\"type\":\"url_citation\",\"n\":1}],"
                + "\"audio\":{\"id\":\"au\",\"data\":\"AA\",\"transcript\":\"h\"},\"images\":[{\"index\":0,\"url\":\"i\"}]},"
                + "\"logprobs\":{\"content\":[{\"token\":\"x\",\"logprob\":-0.50}],\"refusal\":null},\"native_finish_reason\":null}]}",
            "{\"id\":\"stub\",\"created\":9,\"citations\":[\"u\",\"v\"],"
                + "\"choices\":[{\"index\":0,\"delta\":{\"annotations\":[{\"type\":\"url_citation\",\"n\":2}],"
                + "\"audio\":{\"data\":\"BB\",\"transcript\":\"i\",\"expires_at\":3}},"
                + "\"logprobs\":{\"content\":[{\"token\":\"y\",\"logprob\":NaN}]},\"native_finish_reason\":\"STOP\",\"finish_reason\":\"stop\"}]}");
    assertThat(answer.extensions())
        .containsOnly(
            Map.entry("id", "\"a\""),
            Map.entry("created", "5"),
            Map.entry("system_fingerprint", "\"fp\""),
            Map.entry("service_tier", "\"default\""),
            Map.entry("citations", "[\"u\",\"v\"]"),
            Map.entry(
                "annotations",
                "[{\"type\":\"url_citation\",\"n\":1},{\"type\":\"url_citation\",\"n\":2}]"),
            Map.entry(
                "audio",
                "{\"id\":\"au\",\"data\":\"AABB\",\"transcript\":\"hi\",\"expires_at\":3}"),
            Map.entry("images", "[{\"index\":0,\"url\":\"i\"}]"),
            Map.entry(
                "logprobs",
                "{\"content\":[{\"token\":\"x\",\"logprob\":-0.50},{\"token\":\"y\",\"logprob\":\"NaN\"}],\"refusal\":null}"),
            Map.entry("native_finish_reason", "\"STOP\""));
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
            "[{\"finish_reason\":\"tool_calls\",\"message\":{\"role\":\"assistant\",\"content\":\"xy\","
                + "\"tool_calls\":[{\"index\":0,\"id\":\"A\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"index\":1}]");
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
  }

  @Test
  void theExtensionsComeBeforeTheEnd() {
    Answer answer = Answer.ofJson("{\"id\":\"a\",\"choices\":[]}");
    assertThat(answer.events().get(1)).isInstanceOf(Extension.class);
    assertThat(answer.events()).hasSize(3);
  }
}
