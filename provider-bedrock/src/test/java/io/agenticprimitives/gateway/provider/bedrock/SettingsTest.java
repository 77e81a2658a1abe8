package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.CLAUDE;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.LLAMA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.NOVA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.function;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of sampling values.
class SettingsTest {
  private static final String OLD_CLAUDE = "us.anthropic.claude-sonnet-4-20250514-v1:0";

  private static Sampling sampling(double temperature, double topP, List<String> stop) {
    return new Sampling(
        OptionalDouble.of(temperature),
        OptionalDouble.of(topP),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        stop,
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Sampling limits(OptionalInt maxTokens, OptionalInt maxCompletionTokens) {
    Sampling unset = Sampling.UNSET;
    return new Sampling(
        unset.temperature(),
        unset.topP(),
        unset.topK(),
        maxTokens,
        maxCompletionTokens,
        unset.stop(),
        unset.seed(),
        unset.presencePenalty(),
        unset.frequencyPenalty(),
        unset.parallelToolCalls(),
        unset.reasoningEffort());
  }

  private static Sampling odds(boolean parallelToolCalls) {
    Sampling unset = Sampling.UNSET;
    return new Sampling(
        unset.temperature(),
        unset.topP(),
        OptionalInt.of(40),
        unset.maxTokens(),
        unset.maxCompletionTokens(),
        unset.stop(),
        OptionalLong.of(1),
        OptionalDouble.of(0.5),
        OptionalDouble.of(0.5),
        Optional.of(parallelToolCalls),
        unset.reasoningEffort());
  }

  @Test
  void whatIsNotSetIsNotSent() {
    assertThat(Translation.of(user("?")).body().fieldNames())
        .toIterable()
        .containsExactly("messages");
  }

  @Test
  void valuesAreSentAsTheyAre() {
    Translation.of(user("?"))
        .model(OLD_CLAUDE)
        .sampling(sampling(0.7, 0.9, List.of("END", "|")))
        .gives("inferenceConfig", "{'temperature':0.7,'topP':0.9,'stopSequences':['END','|']}");
  }

  @Test
  void aTemperatureOverOneIsOne() {
    Translation.of(user("?"))
        .model(NOVA)
        .sampling(sampling(1.5, 1, List.of()))
        .gives("inferenceConfig", "{'temperature':1.0,'topP':1.0}", "CHANGED temperature");
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0.5, temperature", "0.5, 1.1, top_p", "0.5, -1, top_p"})
  void valuesThatNoModelTakesAreRefused(double temperature, double topP, String path) {
    Translation translation =
        Translation.of(user("?")).sampling(sampling(temperature, topP, List.of()));
    assertThatThrownBy(translation::encode)
        .isInstanceOf(BackendException.class)
        .hasMessage(path + ": Bedrock takes 0 to 1.");
  }

  @Test
  void newerClaudesTakeTheTemperatureOrTopP() {
    Translation.of(user("?"))
        .model(CLAUDE)
        .sampling(sampling(0.7, 0.9, List.of()))
        .gives("inferenceConfig", "{'temperature':0.7}", "DROPPED top_p");
  }

  @Test
  void blankStopSequencesAreLeftOut() {
    Translation.of(user("?"))
        .model(OLD_CLAUDE)
        .sampling(sampling(0, 1, List.of("", "\n", "END")))
        .gives(
            "inferenceConfig",
            "{'temperature':0.0,'topP':1.0,'stopSequences':['END']}",
            "DROPPED stop[0]",
            "DROPPED stop[1]");
    Translation.of(user("?"))
        .model(NOVA)
        .sampling(sampling(0, 1, List.of("", "\n")))
        .gives(
            "inferenceConfig",
            "{'temperature':0.0,'topP':1.0,'stopSequences':['\\n']}",
            "DROPPED stop[0]");
  }

  @Test
  void thereIsOneLimitOfTokens() {
    Translation.of(user("?"))
        .sampling(limits(OptionalInt.of(5), OptionalInt.empty()))
        .gives("inferenceConfig", "{'maxTokens':5}");
    Translation.of(user("?"))
        .sampling(limits(OptionalInt.of(5), OptionalInt.of(6)))
        .gives("inferenceConfig", "{'maxTokens':6}", "DROPPED max_tokens");
    assertThatThrownBy(
            () ->
                Translation.of(user("?"))
                    .sampling(limits(OptionalInt.of(0), OptionalInt.empty()))
                    .encode())
        .hasMessage("max_tokens: Bedrock takes no limit under 1.");
  }

  @Test
  void otherValuesAreTheModelsOwnFieldsOrReported() {
    String[] never = {"DROPPED seed", "DROPPED presence_penalty", "DROPPED frequency_penalty"};
    Translation.of(user("?"))
        .sampling(odds(true))
        .gives("additionalModelRequestFields", "{'top_k':40}", never);
    Translation.of(user("?"))
        .model(NOVA)
        .extra("additionalModelRequestFields", "{\"inferenceConfig\":{\"x\":1}}")
        .sampling(odds(false))
        .gives("additionalModelRequestFields", "{'inferenceConfig':{'x':1,'topK':40}}", never);
    Translation llama = Translation.of(user("?")).model(LLAMA).sampling(odds(true));
    assertThat(llama.body().has("additionalModelRequestFields")).isFalse();
    assertThat(llama.call().lines()).startsWith("DROPPED top_k").hasSize(4);
  }

  @Test
  void claudeIsKeptFromParallelCallsBesideItsChoice() {
    assertChoice(Optional.empty(), "{'type':'auto','disable_parallel_tool_use':true}");
    assertChoice(
        Optional.of(new ToolChoice.Required()), "{'type':'any','disable_parallel_tool_use':true}");
    assertChoice(
        Optional.of(new ToolChoice.Named("a")),
        "{'type':'tool','disable_parallel_tool_use':true,'name':'a'}");
  }

  private static void assertChoice(Optional<ToolChoice> choice, String expected) {
    Translation translation = Translation.of(user("?")).tools(function("a")).sampling(odds(false));
    choice.ifPresent(translation::choice);
    assertThat(translation.body().path("additionalModelRequestFields").path("tool_choice"))
        .hasToString(expected.replace('\'', '"'));
    assertThat(translation.body().path("toolConfig").has("toolChoice")).isFalse();
    assertThat(translation.call().lines()).hasSize(3);
  }

  @Test
  void othersCannotBeKeptFromParallelCalls() {
    Translation translation =
        Translation.of(user("?")).model(NOVA).tools(function("a")).sampling(odds(false));
    translation.encode();
    assertThat(translation.call().lines()).contains("DROPPED parallel_tool_calls");
  }
}
