package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import io.agenticprimitives.gateway.provider.openai.OpenAICompatibleConfig.MaxTokensField;
import io.agenticprimitives.gateway.provider.openai.OpenAICompatibleConfig.StreamUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is sent, byte for byte.
class RequestEncoderTest {
  private static final String START =
      "{\"model\":\"m1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
  private static final Tool WEATHER =
      new Tool.Function(
          "weather",
          "Tells it",
          Optional.of(new JsonText("{\"type\" : \"object\"}")),
          Optional.of(true),
          TestRequest.extras("cache_control", "{\"type\":\"ephemeral\"}"));

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

  @Test
  void whatIsNotGivenIsNotSent() {
    assertThat(TestRequest.whole().encoded()).isEqualTo(START + "}");
  }

  @Test
  void aStreamAsksForItsUsage() {
    assertThat(TestRequest.streamed().encoded())
        .isEqualTo(START + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
  }

  @ParameterizedTest
  @CsvSource({"m2, d, m2", "'', d, d"})
  void theDefaultModelStandsInForNone(String asked, String byDefault, String sent) {
    assertThat(
            TestRequest.whole()
                .model(asked)
                .encoded(
                    TestConfig.of("http://localhost:1").defaultModel(byDefault), TestCall.plain()))
        .startsWith("{\"model\":\"" + sent + "\",");
  }

  @Test
  void withoutAnyModelTheServerChooses() {
    assertThat(TestRequest.whole().model("").encoded())
        .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
  }

  @Test
  void allSamplingIsSentUnderItsNames() {
    Sampling sampling =
        new Sampling(
            OptionalDouble.of(0.5),
            OptionalDouble.of(1),
            OptionalInt.of(40),
            OptionalInt.of(0),
            OptionalInt.empty(),
            List.of("a", "\n"),
            OptionalLong.of(Long.MIN_VALUE),
            OptionalDouble.of(-2),
            OptionalDouble.of(1e-7),
            Optional.of(false),
            Optional.of("low"));
    assertThat(TestRequest.whole().sampling(sampling).encoded())
        .isEqualTo(
            START
                + ",\"temperature\":0.5,\"top_p\":1.0,\"top_k\":40,\"max_tokens\":0"
                + ",\"stop\":[\"a\",\"\\n\"],\"seed\":-9223372036854775808"
                + ",\"presence_penalty\":-2.0,\"frequency_penalty\":1.0E-7"
                + ",\"parallel_tool_calls\":false,\"reasoning_effort\":\"low\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:1,     AUTO,                  5, , max_tokens",
    "http://localhost:1,     AUTO,                  , 5, max_completion_tokens",
    "http://localhost:1,     MAX_TOKENS,            , 5, max_tokens",
    "http://localhost:1,     MAX_COMPLETION_TOKENS, 5, , max_completion_tokens",
    "https://api.openai.com, AUTO,                  5, , max_completion_tokens",
    "https://api.openai.com, MAX_TOKENS,            5, , max_tokens"
  })
  void theTokenLimitHasTheNameThatTheServerKnows(
      String url, MaxTokensField field, Integer maxTokens, Integer maxCompletion, String name) {
    Sampling limits = limits(optional(maxTokens), optional(maxCompletion));
    assertThat(
            TestRequest.whole()
                .sampling(limits)
                .encoded(TestConfig.of(url).maxTokensField(field), TestCall.plain()))
        .isEqualTo(START + ",\"" + name + "\":5}");
  }

  private static OptionalInt optional(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  @Test
  void ofTwoLimitsOneIsSentAndTheOtherReported() {
    TestCall call = TestCall.plain();
    String json =
        TestRequest.whole().sampling(limits(OptionalInt.of(9), OptionalInt.of(5))).encoded(call);
    assertThat(json).isEqualTo(START + ",\"max_completion_tokens\":5}");
    assertThat(call.adjustments()).containsExactly("DROPPED max_tokens");
  }

  @Test
  void unknownFieldsAreSentAsTheyCame() {
    Map<String, JsonText> fields = new LinkedHashMap<>();
    fields.put("min_p", new JsonText("0.10"));
    fields.put("logit_bias", new JsonText("{ \"50256\": -100 }"));
    fields.put("user", new JsonText("null"));
    assertThat(TestRequest.whole().with(new Extras(fields)).encoded())
        .isEqualTo(START + ",\"min_p\":0.10,\"logit_bias\":{ \"50256\": -100 },\"user\":null}");
  }

  @ParameterizedTest
  @CsvSource({"model", "messages", "stream"})
  void unknownFieldsDoNotReplaceWhatTheGatewaySays(String name) {
    TestCall call = TestCall.plain();
    assertThat(TestRequest.whole().with(TestRequest.extras(name, "true")).encoded(call))
        .isEqualTo(START + "}");
  }

  @Test
  void theCallersStreamOptionsAreKeptAndTheUsageIsAskedForAllTheSame() {
    Extras options =
        TestRequest.extras(
            "stream_options", "{\"include_usage\":false,\"include_obfuscation\":1.50}");
    assertThat(TestRequest.streamed().with(options).encoded())
        .isEqualTo(
            START
                + ",\"stream\":true,\"stream_options\":"
                + "{\"include_usage\":true,\"include_obfuscation\":1.50}}");
  }

  @Test
  void withoutAStreamItsOptionsAreLeftOutAndReported() {
    TestCall call = TestCall.plain();
    Extras options = TestRequest.extras("stream_options", "{\"include_usage\":true}");
    assertThat(TestRequest.whole().with(options).encoded(call)).isEqualTo(START + "}");
    assertThat(call.adjustments()).containsExactly("DROPPED stream_options");
  }

  @Test
  void toolsAreFunctionsWithTheirSchemaAsItCame() {
    Tool other = new Tool.Other("web_search", new JsonText("{\"type\":\"web_search\",\"n\":1}"));
    assertThat(TestRequest.whole().tools(WEATHER, other).encoded())
        .isEqualTo(
            START
                + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\""
                + ",\"description\":\"Tells it\",\"parameters\":{\"type\" : \"object\"}"
                + ",\"strict\":true},\"cache_control\":{\"type\":\"ephemeral\"}}"
                + ",{\"type\":\"web_search\",\"n\":1}]}");
  }

  @ParameterizedTest
  @CsvSource({"{}", "' { } '"})
  void aSchemaThatSaysNothingIsThatOfNoArguments(String schema) {
    Tool tool =
        new Tool.Function(
            "f", "", Optional.of(new JsonText(schema)), Optional.empty(), Extras.NONE);
    assertThat(TestRequest.whole().tools(tool).encoded())
        .isEqualTo(
            START
                + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\""
                + ",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]}");
  }

  @Test
  void fieldsOfTheToolAndOfItsFunctionStandWhereTheyStood() {
    Tool tool =
        new Tool.Function(
            "f",
            "",
            Optional.empty(),
            Optional.empty(),
            TestRequest.extras("outer", "1"),
            TestRequest.extras("inner", "[2]"));
    assertThat(TestRequest.whole().tools(tool).encoded())
        .endsWith(
            "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"inner\":[2]},\"outer\":1}]}");
  }

  @Test
  void everyToolChoiceHasItsForm() {
    Map<ToolChoice, String> forms =
        Map.of(
            new ToolChoice.Auto(), "\"auto\"",
            new ToolChoice.None(), "\"none\"",
            new ToolChoice.Required(), "\"required\"",
            new ToolChoice.Named("a\"b"),
                "{\"type\":\"function\",\"function\":{\"name\":\"a\\\"b\"}}",
            new ToolChoice.Other(new JsonText("{\"type\":\"x\"}")), "{\"type\":\"x\"}");
    forms.forEach(
        (choice, form) ->
            assertThat(TestRequest.whole().tools(WEATHER).toolChoice(choice).encoded())
                .endsWith(",\"tool_choice\":" + form + "}"));
  }

  @Test
  void aToolChoiceWithoutToolsIsLeftOutAndReportedWhereItMeansSomething() {
    TestCall call = TestCall.plain();
    assertThat(TestRequest.whole().toolChoice(new ToolChoice.Required()).encoded(call))
        .isEqualTo(START + "}");
    assertThat(call.adjustments()).containsExactly("DROPPED tool_choice");
    assertThat(TestRequest.whole().toolChoice(new ToolChoice.Auto()).encoded())
        .isEqualTo(START + "}");
  }

  @Test
  void everyResponseFormatHasItsForm() {
    ResponseFormat schema =
        new ResponseFormat.JsonSchema(
            "answer",
            "What it is",
            Optional.of(new JsonText("{\"type\":\"object\"}")),
            Optional.of(false),
            TestRequest.extras("x", "1"));
    ResponseFormat bare =
        new ResponseFormat.JsonSchema("a", "", Optional.empty(), Optional.empty(), Extras.NONE);
    Map<ResponseFormat, String> forms =
        Map.of(
            new ResponseFormat.Text(),
            "{\"type\":\"text\"}",
            new ResponseFormat.JsonObject(),
            "{\"type\":\"json_object\"}",
            schema,
            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\""
                + ",\"description\":\"What it is\",\"schema\":{\"type\":\"object\"}"
                + ",\"strict\":false,\"x\":1}}",
            bare,
            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}}",
            new ResponseFormat.Other(new JsonText("{\"type\":\"grammar\"}")),
            "{\"type\":\"grammar\"}");
    forms.forEach(
        (format, form) ->
            assertThat(TestRequest.whole().responseFormat(format).encoded())
                .isEqualTo(START + ",\"response_format\":" + form + "}"));
  }

  @ParameterizedTest
  @CsvSource({"NEVER, OF_THE_CALLER", "AUTO, REFUSED"})
  void theUsageIsNotAskedForWhereItMustNotBe(
      StreamUsage usage, RequestEncoder.StreamOptions options) {
    OpenAICompatibleConfig config = TestConfig.of("http://localhost:1").streamUsage(usage).config();
    assertThat(
            new RequestEncoder(config)
                .encode(TestRequest.streamed().request(), options, (_, _, _) -> {}))
        .hasToString(START + ",\"stream\":true}");
  }
}
