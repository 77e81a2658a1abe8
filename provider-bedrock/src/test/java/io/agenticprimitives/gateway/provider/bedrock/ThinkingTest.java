package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.CLAUDE;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.NOVA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.call;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.function;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.reasoning;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.result;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.results;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.text;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// How models are told to think, and what they refuse meanwhile.
class ThinkingTest {
  private static final String FIELDS = "additionalModelRequestFields";
  private static final String NEWEST_CLAUDE = "us.anthropic.claude-sonnet-5";
  private static final String NOVA_2 = "us.amazon.nova-2-lite-v1:0";
  private static final String GPT_OSS = "openai.gpt-oss-120b-1:0";

  private static Sampling effort(String effort) {
    return sampling(effort, OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.empty());
  }

  private static Sampling sampling(
      String effort, OptionalInt maxTokens, OptionalDouble temperature, OptionalInt topK) {
    Sampling unset = Sampling.UNSET;
    return new Sampling(
        temperature,
        unset.topP(),
        topK,
        maxTokens,
        unset.maxCompletionTokens(),
        unset.stop(),
        unset.seed(),
        unset.presencePenalty(),
        unset.frequencyPenalty(),
        unset.parallelToolCalls(),
        Optional.of(effort));
  }

  private static Translation ask(String model, String effort) {
    return Translation.of(user("?")).model(model).sampling(effort(effort));
  }

  @Test
  void gptOssTakesTheEffortAsItIs() {
    ask(GPT_OSS, "medium").gives(FIELDS, "{'reasoning_effort':'medium'}");
    ask(GPT_OSS, "xhigh").gives(FIELDS, "{'reasoning_effort':'high'}", "CHANGED reasoning_effort");
  }

  @Test
  void gptOssCannotBeKeptFromThinking() {
    Translation translation = ask(GPT_OSS, "none");
    assertThat(translation.body().has(FIELDS)).isFalse();
    assertThat(translation.call().lines()).containsExactly("DROPPED reasoning_effort");
  }

  @Test
  void nova2TakesTheEffortInItsOwnField() {
    ask(NOVA_2, "minimal")
        .gives(
            FIELDS,
            "{'reasoningConfig':{'type':'enabled','maxReasoningEffort':'low'}}",
            "CHANGED reasoning_effort");
  }

  @Test
  void nova2TakesNoLimitsBesideItsHighestEffort() {
    Sampling sampling =
        sampling("high", OptionalInt.of(9000), OptionalDouble.of(0.5), OptionalInt.empty());
    Translation translation = Translation.of(user("?")).model(NOVA_2).sampling(sampling);
    assertThat(translation.body().has("inferenceConfig")).isFalse();
    assertThat(translation.call().lines())
        .containsExactly("DROPPED max_tokens", "DROPPED temperature");
  }

  @Test
  void claudeTakesABudgetUnderTheLimit() {
    ask(CLAUDE, "medium")
        .gives(
            FIELDS,
            "{'thinking':{'type':'enabled','budget_tokens':2048}}",
            "CHANGED reasoning_effort");
    Translation.of(user("?"))
        .sampling(
            sampling("high", OptionalInt.of(2000), OptionalDouble.empty(), OptionalInt.empty()))
        .gives(
            FIELDS,
            "{'thinking':{'type':'enabled','budget_tokens':1999}}",
            "CHANGED reasoning_effort");
    Translation small =
        Translation.of(user("?"))
            .sampling(
                sampling("low", OptionalInt.of(1024), OptionalDouble.empty(), OptionalInt.empty()));
    assertThat(small.body().has(FIELDS)).isFalse();
    assertThat(small.call().lines()).containsExactly("DROPPED reasoning_effort");
  }

  @Test
  void newerClaudesDecideThemselvesWithinTheEffort() {
    Translation translation = ask(NEWEST_CLAUDE, "max");
    translation.gives(FIELDS, "{'thinking':{'type':'adaptive'}}");
    translation.gives("outputConfig", "{'effort':'max'}");
    ask(NEWEST_CLAUDE, "medium")
        .extra("thinking", "{\"type\":\"disabled\"}")
        .gives(FIELDS, "{'thinking':{'type':'disabled'}}");
  }

  @Test
  void noEffortIsNoThinking() {
    assertThat(ask(CLAUDE, "none").body().has(FIELDS)).isFalse();
    assertThat(ask(NOVA_2, "none").body().has(FIELDS)).isFalse();
  }

  @Test
  void modelsThatCannotBeToldAreReported() {
    Translation translation = ask(NOVA, "high");
    assertThat(translation.body().has(FIELDS)).isFalse();
    assertThat(translation.call().lines()).containsExactly("DROPPED reasoning_effort");
    Translation odd = ask(CLAUDE, "extreme");
    assertThat(odd.body().has(FIELDS)).isFalse();
    assertThat(odd.call().lines()).containsExactly("DROPPED reasoning_effort");
  }

  @Test
  void theModelsOwnFieldBeatsTheEffort() {
    ask(CLAUDE, "high")
        .extra(FIELDS, "{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}")
        .gives(
            FIELDS,
            "{'thinking':{'type':'enabled','budget_tokens':1024}}",
            "DROPPED reasoning_effort");
  }

  @Test
  void whatClaudeRefusesWhileItThinksIsLeftOut() {
    Translation translation =
        Translation.of(user("?"))
            .tools(function("a"))
            .choice(new ToolChoice.Required())
            .sampling(
                sampling("low", OptionalInt.empty(), OptionalDouble.of(0.5), OptionalInt.of(9)));
    assertThat(translation.body().path("toolConfig").has("toolChoice")).isFalse();
    assertThat(translation.body().has("inferenceConfig")).isFalse();
    assertThat(translation.call().lines())
        .containsExactly(
            "CHANGED reasoning_effort",
            "DROPPED temperature",
            "DROPPED top_k",
            "DROPPED tool_choice");
  }

  @Test
  void claudeThinksOnInAToolLoopOnlyIfItsReasoningComesBack() {
    Translation without =
        Translation.of(
                user("?"),
                assistant(text("Hm"), call("c", "a", "{}")),
                results(result("c", text("b"))))
            .tools(function("a"))
            .sampling(effort("low"));
    assertThat(without.body().has(FIELDS)).isFalse();
    assertThat(without.call().lines())
        .containsExactly("CHANGED reasoning_effort", "DROPPED thinking");
    Translation with =
        Translation.of(
                user("?"),
                assistant(
                    reasoning("{'reasoningContent':{'redactedContent':'AAEC'}}"),
                    call("c", "a", "{}")),
                results(result("c", text("b"))))
            .tools(function("a"))
            .sampling(effort("low"));
    assertThat(with.body().path(FIELDS).has("thinking")).isTrue();
  }
}
