package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Settings of a request: tools, sampling, form, reasoning, and fields of other dialects.
class SettingsTest {
  private final ProviderUnderTest provider = new ProviderUnderTest();
  private final Requests hello = new Requests(Requests.HELLO);

  @AfterEach
  void close() {
    provider.close();
  }

  private static JsonNode json(String text) {
    return Json.read(new JsonText(text));
  }

  @Test
  void toolsKeepTheirSchemas() {
    JsonNode body =
        provider.bodyOf(
            hello
                .tools(
                    new ToolChoice.Auto(),
                    Requests.WEATHER,
                    new Tool.Function(
                        "now",
                        "",
                        Optional.empty(),
                        Optional.of(true),
                        Requests.extras("defer_loading", "true"),
                        Requests.extras("glow", "1")))
                .request());

    assertThat(body.path("tools"))
        .isEqualTo(
            json(
                """
                [{"name":"get_weather","description":"Tells the weather.",
                  "input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},
                 {"name":"now","input_schema":{"type":"object","properties":{}},"strict":true,
                  "defer_loading":true}]\
                """));
    assertThat(provider.call.adjustments).containsExactly("tools[1].function.glow DROPPED");
  }

  @Test
  void choicesHaveAnthropicsWords() {
    assertThat(choice(new ToolChoice.Auto(), true)).isEqualTo(json("{\"type\":\"auto\"}"));
    assertThat(choice(new ToolChoice.None(), false)).isEqualTo(json("{\"type\":\"none\"}"));
    assertThat(choice(new ToolChoice.Required(), false))
        .isEqualTo(json("{\"type\":\"any\",\"disable_parallel_tool_use\":true}"));
    assertThat(choice(new ToolChoice.Named("get_weather"), true))
        .isEqualTo(json("{\"type\":\"tool\",\"name\":\"get_weather\"}"));
  }

  private JsonNode choice(ToolChoice choice, boolean parallel) {
    Sampling sampling = Requests.limited(Optional.of(parallel), Optional.empty());
    Requests request = hello.tools(choice, Requests.WEATHER).sampling(sampling);
    return provider.bodyOf(request.request()).path("tool_choice");
  }

  @Test
  void toolsThatAnthropicWouldRunAreRefused() {
    Tool search = new Tool.Other("web_search", new JsonText("{}"));
    BackendException refusal =
        catchThrowableOfType(
            BackendException.class,
            () -> provider.stream(hello.tools(new ToolChoice.Auto(), search).request()));

    assertThat(refusal.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
    assertThat(refusal.parameter()).isEqualTo("tools[0]");
  }

  @Test
  void samplingIsPassedOnAsFarAsItGoes() {
    Sampling sampling =
        Requests.sampling(
            OptionalDouble.of(1.5),
            List.of("END"),
            OptionalLong.of(7),
            Optional.empty(),
            Optional.empty());
    JsonNode body = provider.bodyOf(hello.sampling(sampling).request());

    assertThat(body.path("temperature").asDouble()).isEqualTo(1);
    assertThat(body.path("stop_sequences")).isEqualTo(json("[\"END\"]"));
    assertThat(provider.call.adjustments).containsExactly("temperature CHANGED", "seed DROPPED");
  }

  @Test
  void aLimitThatTheCallerLeavesOpenIsTheConfiguredOneAndTold() {
    CompletionRequest unlimited = hello.sampling(Sampling.UNSET).request();

    assertThat(provider.bodyOf(unlimited).path("max_tokens").asInt()).isEqualTo(4096);
    assertThat(provider.call.adjustments).containsExactly("max_tokens CHANGED");

    provider.call = new TestCall().strict();
    BackendException refusal =
        catchThrowableOfType(BackendException.class, () -> provider.stream(unlimited));
    assertThat(refusal.parameter()).isEqualTo("max_tokens");
  }

  @Test
  void aSchemaIsFollowed() {
    ResponseFormat schema =
        new ResponseFormat.JsonSchema(
            "s",
            "",
            Optional.of(new JsonText("{\"type\":\"object\"}")),
            Optional.empty(),
            Extras.NONE);
    JsonNode body =
        provider.bodyOf(
            hello.with("output_config", "{\"effort\":\"low\"}").format(schema).request());

    assertThat(body.path("output_config"))
        .isEqualTo(
            json(
                """
                {"effort":"low","format":{"type":"json_schema","schema":{"type":"object"}}}\
                """));
    assertThat(provider.call.adjustments).isEmpty();

    provider.bodyOf(hello.format(new ResponseFormat.JsonObject()).request());
    assertThat(provider.call.adjustments).containsExactly("response_format DROPPED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          claude-sonnet-5            | high    | {"type":"adaptive"}                        |
          claude-opus-4-6            | minimal | {"type":"adaptive"}                        | reasoning_effort CHANGED
          latest                     | low     | {"type":"adaptive"}                        |
          claude-haiku-4-5-20251001  | low     | {"type":"enabled","budget_tokens":1024}    | reasoning_effort CHANGED
          claude-sonnet-4-20250514   | high    | {"type":"enabled","budget_tokens":7999}    | reasoning_effort CHANGED
          claude-3-7-sonnet-20250219 | medium  | {"type":"enabled","budget_tokens":4096}    | reasoning_effort CHANGED
          claude-3-5-haiku-20241022  | high    |                                            | reasoning_effort DROPPED
          claude-sonnet-5            | none    | {"type":"disabled"}                        |
          claude-sonnet-5            | extreme |                                            | reasoning_effort DROPPED
          """)
  void effortsAreToldInTheModelsOwnWay(
      String model, String effort, String thinking, String adjustment) {
    Sampling sampling = Requests.limited(Optional.empty(), Optional.of(effort));
    JsonNode body = provider.bodyOf(hello.model(model).sampling(sampling).request());

    assertThat(body.path("thinking").isMissingNode() ? null : body.path("thinking").toString())
        .isEqualTo(thinking);
    assertThat(provider.call.adjustments)
        .isEqualTo(adjustment == null ? List.of() : List.of(adjustment));
  }

  @Test
  void anthropicsOwnFieldsPassAndOthersAreTranslatedOrTold() {
    assertThat(field("thinking", "{\"type\":\"enabled\",\"budget_tokens\":2000}"))
        .isEqualTo(json("{\"type\":\"enabled\",\"budget_tokens\":2000}"));
    assertThat(field("service_tier", "\"standard_only\"")).isEqualTo(json("\"standard_only\""));
    assertThat(provider.bodyOf(hello.with("user", "\"u1\"").request()).path("metadata"))
        .isEqualTo(json("{\"user_id\":\"u1\"}"));
    assertThat(field("n", "1").isMissingNode()).isTrue();
    assertThat(provider.call.adjustments).isEmpty();

    assertThat(field("metadata", "{\"user_id\":\"u\",\"ticket\":\"t\"}"))
        .isEqualTo(json("{\"user_id\":\"u\"}"));
    assertThat(field("logit_bias", "{\"1\":2}").isMissingNode()).isTrue();
    assertThat(provider.call.adjustments)
        .containsExactly("metadata.ticket DROPPED", "logit_bias DROPPED");
  }

  private JsonNode field(String name, String value) {
    return provider.bodyOf(hello.with(name, value).request()).path(name);
  }
}
