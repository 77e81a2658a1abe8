package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.distribution.CorpusCase.Cut;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What Bedrock said to others is what callers of the gateway get, however the network cuts it; and
/// what others asked of Bedrock is what Bedrock is asked.
class BedrockReplayTest {
  /// Requests that are not passed on as they are: a video beside a result, which Claude refuses
  /// (and refused), and a text that is one line break, which other models refuse.
  private static final List<String> ADJUSTED =
      List.of(
          "bedrock/pydanticai-multimodal-tool-return-matrix-tool-return-content-uploaded-file-i1",
          "bedrock/pydanticai-bedrock-cache-write-and-read-i0");

  private static ScriptedBedrock bedrock;
  private static GatewayProcess gateway;
  private static NativeClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    bedrock = new ScriptedBedrock();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                backend: %s
                config: {region: us-east-1, endpoint_url: "%s"}
            """
                .formatted(ScriptedBedrock.PROVIDER, bedrock.uri()));
    client = new NativeClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    bedrock.close();
  }

  static List<CorpusCase> recorded() {
    return Stream.of(
            "converse", "converse-stream", "invoke-model", "invoke-model-with-response-stream")
        .flatMap(endpoint -> CorpusCase.all(endpoint).stream())
        .toList();
  }

  static Stream<Arguments> answers() {
    return recorded().stream()
        .flatMap(
            recorded ->
                Stream.of(Cut.values())
                    .filter(cut -> cut != Cut.AS_RECORDED || recorded.hasRecordedSizes())
                    .map(cut -> Arguments.of(recorded, cut)));
  }

  @Test
  void allRecordingsAreThere() {
    assertThat(recorded()).hasSize(49);
    assertThat(recorded().stream().filter(CorpusCase::hasRecordedSizes)).hasSize(27);
  }

  @ParameterizedTest(name = "{0} {1}")
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("answers")
  void aWholeAnswerSaysWhatBedrockSaid(CorpusCase recorded, Cut cut) {
    Answer answer = Answer.whole(ask(recorded, cut, "/api/v1/llm/completions"));
    JsonNode expected = recorded.expected();
    if (isFinished(expected)) {
      assertFinished(answer, expected);
    } else {
      assertFailed(answer, expected);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("answers")
  void aStreamSaysWhatBedrockSaid(CorpusCase recorded, Cut cut) {
    HttpResponse<String> response = ask(recorded, cut, "/api/v1/llm/completions/stream");
    Answer answer = Answer.streamed(response);
    JsonNode expected = recorded.expected();
    if (isFinished(expected)) {
      assertFinished(answer, expected);
      return;
    }
    assertFailed(answer, expected);
    if (response.statusCode() == 200) {
      assertThat(answer.errorKind()).isEqualTo("invalid_request");
      assertThat(answer.stopReason().asText()).isEqualTo("error");
      assertThat(answer.text()).isEqualTo(expected.path("text").asText());
    }
  }

  private static HttpResponse<String> ask(CorpusCase recorded, Cut cut, String route) {
    ScriptedBedrock.Caller caller = bedrock.caller(recorded.script(cut));
    HttpResponse<String> response =
        client.post(route, ConverseRequests.asNative(recorded), caller.headers());
    assertThat(response.headers().firstValue("X-Gateway-Adjustments").isPresent())
        .isEqualTo(ADJUSTED.contains(recorded.name()));
    return response;
  }

  static Stream<CorpusCase> conversations() {
    return recorded().stream().filter(ConverseRequests::isConverse);
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("conversations")
  void bedrockIsAskedWhatItWasAskedThen(CorpusCase recorded) {
    ScriptedBedrock.Caller caller = bedrock.caller(recorded.script(Cut.WHOLE));
    boolean streamed = recorded.meta().path("path").asText().endsWith("/converse-stream");
    String route = "/api/v1/llm/completions" + (streamed ? "/stream" : "");
    client.post(route, ConverseRequests.asNative(recorded), caller.headers());

    // Its signature was right, or it would not have arrived.
    RecordedRequest request = caller.request();
    assertThat(request.header("Authorization").orElseThrow())
        .matches("AWS4-HMAC-SHA256 Credential=.*/us-east-1/bedrock/aws4_request, .*");
    // Some clients sent the colon as it is.
    assertThat(request.path()).isEqualTo(recorded.meta().path("path").asText().replace(":", "%3A"));
    JsonNode sent = ScriptedBedrock.validBody(request);
    if (!ADJUSTED.contains(recorded.name())) {
      assertThat(Numbers.normal(sent))
          .isEqualTo(ConverseRequests.essence(recorded.recordedRequest()));
    }
  }

  /// Nobody has recorded it; this is the form of AWS's API reference.
  @Test
  void theModelsThatCanBeCalledAreListed() {
    String models =
        """
        {"modelSummaries":[
          {"modelId":"amazon.nova-lite-v1:0","outputModalities":["TEXT"],"inferenceTypesSupported":["ON_DEMAND"]},
          {"modelId":"amazon.nova-canvas-v1:0","outputModalities":["IMAGE"],"inferenceTypesSupported":["ON_DEMAND"]},
          {"modelId":"anthropic.claude-sonnet-5","outputModalities":["TEXT"],"inferenceTypesSupported":["INFERENCE_PROFILE"]}]}
        """;
    String profiles =
        """
        {"inferenceProfileSummaries":[{"inferenceProfileId":"us.anthropic.claude-sonnet-5",
          "type":"SYSTEM_DEFINED","status":"ACTIVE",
          "models":[{"modelArn":"arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-5"}]}]}
        """;
    ScriptedBedrock.Caller caller =
        bedrock.caller(
            request ->
                Script.json(
                    200,
                    request.path().equals("/foundation-models")
                        ? models
                        : request.target().contains("type=SYSTEM_DEFINED") ? profiles : "{}"));
    JsonNode listed = NativeClient.json(client.get("/api/v1/llm/models", caller.headers()).body());
    assertThat(listed.path("models").findValuesAsText("name"))
        .containsExactly("amazon.nova-lite-v1:0", "us.anthropic.claude-sonnet-5");
    assertThat(caller.requests()).hasSize(3);
  }

  private static boolean isFinished(JsonNode expected) {
    return expected.path("outcome").asText().equals("finished");
  }

  private static void assertFinished(Answer answer, JsonNode expected) {
    assertThat(answer.errorDetail()).isEmpty();
    assertThat(answer.errorStatus()).isZero();
    assertThat(answer.model()).isEqualTo(expected.path("model").asText());
    assertThat(answer.text()).isEqualTo(expected.path("text").asText());
    assertThat(answer.reasoning()).isEqualTo(expected.path("reasoning").asText());
    assertThat(answer.reasoningBlocks()).isEqualTo(list(expected.path("reasoning_blocks")));
    assertThat(answer.calls()).isEqualTo(calls(expected.path("tool_calls")));
    assertThat(answer.stopReason()).isEqualTo(expected.path("stop_reason"));
    assertThat(answer.upstreamStopReason()).isEqualTo(expected.path("upstream_stop_reason"));
    assertThat(answer.usage()).isEqualTo(expected.path("usage"));
    assertThat(answer.extensions()).isEqualTo(expected.path("extensions"));
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }

  private static List<Answer.Call> calls(JsonNode expected) {
    return list(expected).stream()
        .map(
            call ->
                new Answer.Call(
                    call.path("id").asText(),
                    call.path("name").asText(),
                    NativeClient.json(call.path("arguments").asText())))
        .toList();
  }

  private static void assertFailed(Answer answer, JsonNode expected) {
    JsonNode error = expected.path("error");
    assertThat(answer.errorStatus()).isEqualTo(error.path("status").asInt());
    assertThat(answer.errorDetail())
        .contains(error.path("message_contains").asText())
        .doesNotContain("internal.amazon.com", "Exception:");
  }
}
