package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.NOVA;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.extras;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.function;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.system;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of members in Bedrock's own words, of unknown fields, and of the answer's form.
class RequestMembersTest {
  private static final String PROMPT = "arn:aws:bedrock:us-east-1:123456789012:prompt/ABC:1";

  private static ConverseSettings operator(String member, String json) {
    return new ConverseSettings("", extras(member, json), false);
  }

  private static ResponseFormat schema(String json) {
    return new ResponseFormat.JsonSchema(
        "answer", "An answer", Optional.of(new JsonText(json)), Optional.of(true), Extras.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "guardrailConfig | {\"guardrailIdentifier\":\"g\",\"guardrailVersion\":\"1\"}",
        "performanceConfig | {\"latency\":\"optimized\"}",
        "serviceTier | {\"type\":\"flex\"}",
        "requestMetadata | {\"team\":\"a\"}",
        "additionalModelRequestFields | {\"anything\":{\"x\":1.50}}",
        "additionalModelResponseFieldPaths | [\"/stop_sequence\"]",
      })
  void bedrocksOwnMembersArePassedOn(String member, String json) {
    Translation.of(user("?")).extra(member, json).gives(member, json);
  }

  @Test
  void membersOfTheWrongFormAreRefused() {
    assertThatThrownBy(() -> Translation.of(user("?")).extra("serviceTier", "\"flex\"").encode())
        .isInstanceOf(BackendException.class)
        .hasMessage("serviceTier: This must be a JSON object.");
    assertThatThrownBy(
            () ->
                Translation.of(user("?")).extra("additionalModelResponseFieldPaths", "{}").encode())
        .hasMessage("additionalModelResponseFieldPaths: This must be a JSON array.");
  }

  @Test
  void fieldsThatConverseDoesNotHaveAreReported() {
    Translation translation =
        Translation.of(user("?")).extra("logprobs", "true").extra("toolConfig", "{}");
    assertThat(translation.body()).hasSize(1);
    assertThat(translation.call().lines())
        .containsExactly("DROPPED logprobs", "DROPPED toolConfig");
  }

  @Test
  void fieldsThatAskForNothingAreNotReported() {
    Translation translation =
        Translation.of(user("?"))
            .extra("n", "1")
            .extra("logprobs", "false")
            .extra("top_logprobs", "null")
            .extra("logit_bias", "{ }")
            .extra("store", "false")
            .extra("modalities", "[ \"text\" ]");
    assertThat(translation.body()).hasSize(1);
    assertThat(translation.call().lines()).isEmpty();
    Translation several = Translation.of(user("?")).extra("n", "2");
    assertThat(several.body()).hasSize(1);
    assertThat(several.call().lines()).containsExactly("DROPPED n");
  }

  @Test
  void notesAndTheUserBecomeMetadataOfTheRequest() {
    Translation.of(user("?"))
        .extra("metadata", "{\"team\":\"a b\",\"run\":7}")
        .extra("user", "\"u-1@example.org\"")
        .extra("requestMetadata", "{\"cost\":\"x\"}")
        .gives("requestMetadata", "{'cost':'x','team':'a b','run':'7','user':'u-1@example.org'}");
  }

  @Test
  void notesThatBedrockRefusesAreReported() {
    Translation.of(user("?"))
        .extra("metadata", "{\"a\":\"\",\"b\":{},\"c!\":\"x\",\"d\":\"ok\",\"user\":\"x\"}")
        .extra("user", "\"y\"")
        .gives(
            "requestMetadata",
            "{'d':'ok','user':'x'}",
            "DROPPED metadata.a",
            "DROPPED metadata.b",
            "DROPPED metadata.c!",
            "DROPPED user");
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 17; i++) {
      many.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
    }
    Translation translation = Translation.of(user("?")).extra("metadata", many + "}");
    assertThat(translation.body().path("requestMetadata")).hasSize(16);
    assertThat(translation.call().lines()).containsExactly("DROPPED metadata.k16");
  }

  @Test
  void theOperatorsModeOfStreamsIsNoLossOfTheCaller() {
    Translation.of(user("?"))
        .settings(
            operator(
                "guardrailConfig", "{'guardrailIdentifier':'g','streamProcessingMode':'sync'}"))
        .gives("guardrailConfig", "{'guardrailIdentifier':'g'}");
  }

  @Test
  void aModelThatCallsNoToolsInStreamsIsAskedForTheWholeAnswerWithoutAReport() {
    Translation translation =
        Translation.of(user("?"))
            .model(Translation.LLAMA)
            .tools(Translation.function("a"))
            .extra(
                "guardrailConfig",
                "{\"guardrailIdentifier\":\"g\",\"streamProcessingMode\":\"sync\"}")
            .streamed();
    assertThat(translation.encode().streamed()).isFalse();
    translation.gives("guardrailConfig", "{'guardrailIdentifier':'g'}");
  }

  @Test
  void theOperatorsMembersAreSentUnlessTheCallerSaysOtherwise() {
    ConverseSettings settings = operator("serviceTier", "{'type':'flex'}");
    Translation.of(user("?")).settings(settings).gives("serviceTier", "{'type':'flex'}");
    Translation.of(user("?"))
        .settings(settings)
        .extra("serviceTier", "{\"type\":\"priority\"}")
        .gives("serviceTier", "{'type':'priority'}");
    Translation.of(user("?"))
        .settings(operator("additionalModelRequestFields", "{'a':{'x':1,'y':1},'b':1}"))
        .extra("additionalModelRequestFields", "{\"a\":{\"y\":2},\"c\":3}")
        .gives("additionalModelRequestFields", "{'a':{'x':1,'y':2},'b':1,'c':3}");
  }

  @Test
  void theOperatorsGuardrailCannotBeReplaced() {
    Translation.of(user("?"))
        .settings(operator("guardrailConfig", "{'guardrailIdentifier':'theirs'}"))
        .extra("guardrailConfig", "{\"guardrailIdentifier\":\"mine\"}")
        .gives("guardrailConfig", "{'guardrailIdentifier':'theirs'}", "DROPPED guardrailConfig");
  }

  @Test
  void theOperatorsMetadataCannotBeReplaced() {
    Translation.of(user("?"))
        .settings(operator("requestMetadata", "{'team':'a'}"))
        .extra("requestMetadata", "{\"team\":\"b\",\"run\":\"1\"}")
        .gives("requestMetadata", "{'team':'a','run':'1'}", "CHANGED requestMetadata.team");
  }

  @Test
  void theGuardrailsModeOfStreamsIsSentWithStreamsOnly() {
    String guardrail = "{'guardrailIdentifier':'g','streamProcessingMode':'sync'}";
    Translation.of(user("?"))
        .extra("guardrailConfig", guardrail.replace('\'', '"'))
        .streamed()
        .gives("guardrailConfig", guardrail);
    Translation.of(user("?"))
        .extra("guardrailConfig", guardrail.replace('\'', '"'))
        .gives(
            "guardrailConfig",
            "{'guardrailIdentifier':'g'}",
            "DROPPED guardrailConfig.streamProcessingMode");
  }

  @Test
  void openAisTiersOfServiceAreUnderstood() {
    Translation.of(user("?"))
        .extra("service_tier", "\"flex\"")
        .gives("serviceTier", "{'type':'flex'}");
    Translation auto = Translation.of(user("?")).extra("service_tier", "\"auto\"");
    assertThat(auto.body()).hasSize(1);
    assertThat(auto.call().lines()).isEmpty();
    Translation scale = Translation.of(user("?")).extra("service_tier", "\"scale\"");
    assertThat(scale.body()).hasSize(1);
    assertThat(scale.call().lines()).containsExactly("DROPPED service_tier");
  }

  @Test
  void aSchemaIsSentAsAStringWithClosedObjects() {
    Translation translation =
        Translation.of(user("?"))
            .format(
                schema(
                    "{\"type\":\"object\",\"properties\":{\"properties\":{\"type\":\"object\"},"
                        + "\"list\":{\"items\":{\"properties\":{}}}}}"));
    JsonNode format = translation.body().path("outputConfig").path("textFormat");
    assertThat(format.path("type").asText()).isEqualTo("json_schema");
    JsonNode sent = format.path("structure").path("jsonSchema");
    assertThat(sent.path("name").asText()).isEqualTo("answer");
    assertThat(sent.path("description").asText()).isEqualTo("An answer");
    assertThat(sent.path("schema").asText())
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"properties\":{\"type\":\"object\","
                + "\"additionalProperties\":false},\"list\":{\"items\":{\"properties\":{},"
                + "\"additionalProperties\":false}}},\"additionalProperties\":false}");
    assertThat(translation.call().lines())
        .containsExactly("CHANGED response_format.json_schema.schema");
  }

  @Test
  void aClosedSchemaIsSentAsItWasWritten() {
    String schema = "{ \"type\": \"object\", \"additionalProperties\": false }";
    Translation translation = Translation.of(user("?")).format(schema(schema));
    assertThat(translation.body().findValue("schema").asText()).isEqualTo(schema);
    assertThat(translation.call().lines()).isEmpty();
  }

  @Test
  void formsThatCannotBeAskedForAreReported() {
    Translation object = Translation.of(user("?")).format(new ResponseFormat.JsonObject());
    assertThat(object.body()).hasSize(1);
    assertThat(object.call().lines()).containsExactly("DROPPED response_format");
    Translation nova = Translation.of(user("?")).model(NOVA).format(schema("{}"));
    assertThat(nova.body()).hasSize(1);
    assertThat(nova.call().lines()).containsExactly("DROPPED response_format");
    assertThat(Translation.of(user("?")).format(new ResponseFormat.Text()).body()).hasSize(1);
  }

  @Test
  void aStoredPromptHasItsOwnSystemPromptToolsAndSettings() {
    Translation translation =
        Translation.of(system("Be brief"), user("Hi"))
            .model(PROMPT)
            .settings(operator("additionalModelRequestFields", "{'x':1}"))
            .tools(function("a"))
            .extra("promptVariables", "{\"name\":{\"text\":\"Ann\"}}")
            .extra("additionalModelRequestFields", "{\"y\":1}");
    assertThat(translation.body())
        .hasToString(
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}],"
                + "\"promptVariables\":{\"name\":{\"text\":\"Ann\"}}}");
    assertThat(translation.call().lines())
        .containsExactly(
            "DROPPED tools", "DROPPED additionalModelRequestFields", "DROPPED messages[0]");
  }

  @Test
  void variablesAreSentToPromptsOnly() {
    Translation translation = Translation.of(user("?")).extra("promptVariables", "{}");
    assertThat(translation.body()).hasSize(1);
    assertThat(translation.call().lines()).containsExactly("DROPPED promptVariables");
  }
}
