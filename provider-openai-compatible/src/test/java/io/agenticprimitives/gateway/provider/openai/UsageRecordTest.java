package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.Usage;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where token counts are found, and which of them count.
class UsageRecordTest {

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
}
