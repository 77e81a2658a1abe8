package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The models that a backend lists, and what the list says of its health.
class ModelCatalogTest {
  private static final String DEFAULT = "us.anthropic.claude-sonnet-4-20250514-v1:0";
  private static final Script DENIED =
      Script.json(403, "{\"message\":\"User: u is not authorized to perform that\"}")
          .withHeader("x-amzn-ErrorType", "AccessDeniedException");
  private static final Script NO_PROFILES = Script.json(200, "{\"inferenceProfileSummaries\":[]}");

  private static final String FOUNDATION =
      """
      {"modelSummaries":[
        {"modelId":"a.text-v1:0","modelName":"A","outputModalities":["TEXT"],
         "inferenceTypesSupported":["ON_DEMAND"],"modelLifecycle":{"status":"ACTIVE"}},
        {"modelId":"b.newer-v1:0","outputModalities":["TEXT"],
         "inferenceTypesSupported":["INFERENCE_PROFILE"],"modelLifecycle":{"status":"ACTIVE"}},
        {"modelId":"c.image-v1:0","outputModalities":["IMAGE"],
         "inferenceTypesSupported":["ON_DEMAND"],"modelLifecycle":{"status":"ACTIVE"}},
        {"modelId":"d.old-v1","outputModalities":["TEXT"],
         "inferenceTypesSupported":["ON_DEMAND"],"modelLifecycle":{"status":"LEGACY"}},
        {"modelId":"e.text-v1:0:48k","outputModalities":["TEXT"],
         "inferenceTypesSupported":["PROVISIONED"],"modelLifecycle":{"status":"ACTIVE"}}
      ]}\
      """;

  private ScriptedUpstream upstream;
  private BedrockBackend backend;

  @BeforeEach
  void start() {
    upstream = ScriptedUpstream.start();
    backend = Setup.backend(Config.at(upstream.uri()).withKeys(), ServerCredentials.NEVER);
  }

  @AfterEach
  void stop() {
    backend.close();
    upstream.close();
  }

  private List<ModelInfo> models() {
    return backend.models(Caller.anonymous());
  }

  private static Script profiles(String entries, String token) {
    return Script.json(
        200, "{\"inferenceProfileSummaries\":[" + entries + "],\"nextToken\":" + token + "}");
  }

  private static String profile(String id, String type, String status, String model) {
    return """
    {"inferenceProfileId":"%s","inferenceProfileArn":"arn:aws:bedrock:r:1:x/%s",
     "type":"%s","status":"%s",
     "models":[{"modelArn":"arn:aws:bedrock:eu-west-1::foundation-model/%s"}]}\
    """
        .formatted(id, id, type, status, model);
  }

  @Test
  void modelsThatCanBeCalledAreListedAndNoOthers() {
    upstream.enqueue(
        Script.json(200, FOUNDATION),
        profiles(
            profile("us.b", "SYSTEM_DEFINED", "ACTIVE", "b.newer-v1:0")
                + ","
                + profile("us.c", "SYSTEM_DEFINED", "ACTIVE", "c.image-v1:0"),
            "\"page/2+\""),
        profiles(
            profile("us.d", "SYSTEM_DEFINED", "ACTIVE", "d.old-v1")
                + ","
                + profile("global.z", "SYSTEM_DEFINED", "ACTIVE", "z.elsewhere"),
            "null"),
        profiles(
            profile("app1", "APPLICATION", "ACTIVE", "a.text-v1:0")
                + ","
                + profile("app2", "APPLICATION", "DELETING", "a.text-v1:0"),
            "null"));
    assertThat(models())
        .extracting(ModelInfo::name)
        .containsExactly("a.text-v1:0", "us.b", "global.z", "arn:aws:bedrock:r:1:x/app1");
    assertThat(upstream.takeRequest(Duration.ofSeconds(5)).target())
        .isEqualTo("/foundation-models");
    assertThat(upstream.takeRequest(Duration.ofSeconds(5)).target())
        .isEqualTo("/inference-profiles?maxResults=1000&type=SYSTEM_DEFINED");
    RecordedRequest second = upstream.takeRequest(Duration.ofSeconds(5));
    assertThat(second.target())
        .startsWith("/inference-profiles?maxResults=1000&type=SYSTEM_DEFINED&nextToken=page");
    assertThat(second.header("Authorization").orElseThrow())
        .contains("/us-east-1/bedrock/aws4_request");
    assertThat(upstream.takeRequest(Duration.ofSeconds(5)).target()).contains("type=APPLICATION");
  }

  @Test
  void whatBedrockSaysOfAModelIsHandedOn() {
    upstream.enqueue(Script.json(200, FOUNDATION), NO_PROFILES, NO_PROFILES);
    assertThat(models().getFirst().extras().fields())
        .containsEntry("modelName", new JsonText("\"A\""))
        .doesNotContainKey("modelId");
  }

  @Test
  void whoMayNotListGetsTheDefaultModelAndTheReason() {
    upstream.enqueue(DENIED);
    Caller caller = Caller.anonymous();
    List<ModelInfo> models = backend.models(caller);
    assertThat(caller.reports()).singleElement().asString().startsWith("CHANGED models");
    assertThat(models).extracting(ModelInfo::name).containsExactly(DEFAULT);
    assertThat(models.getFirst().extras().fields().get("reason"))
        .hasToString(
            "\"The list is not complete, because Bedrock refused it: The credentials of this"
                + " backend do not permit this call (403 AccessDeniedException): User: u is not"
                + " authorized to perform that\"");
  }

  @Test
  void whoMayNotListProfilesGetsTheRest() {
    upstream.enqueue(Script.json(200, FOUNDATION), DENIED);
    assertThat(models()).extracting(ModelInfo::name).containsExactly("a.text-v1:0", DEFAULT);
  }

  @Test
  void anEndpointWithoutListsHasTheDefaultModel() {
    upstream.enqueue(Script.json(404, "{\"message\":\"no such route\"}"));
    assertThat(models()).extracting(ModelInfo::name).containsExactly(DEFAULT);
  }

  @Test
  void pagesThatNeverEndAreCutOff() {
    upstream.onRequest(
        request ->
            request.path().endsWith("foundation-models")
                ? Script.json(200, FOUNDATION)
                : profiles("", "\"again\""));
    assertThat(models()).hasSize(1);
    assertThat(upstream.requestCount()).isLessThan(50);
  }

  @Test
  void otherFailuresAreFailures() {
    upstream.enqueue(Script.json(500, "{\"message\":\"x\"}"), Script.json(200, "nonsense"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::models)
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE));
    }
  }

  @Test
  void interruptingTheThreadGivesTheListUp() throws Exception {
    upstream.enqueue(Script.of(new Step.Stall()));
    CompletableFuture<ErrorKind> kind = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    models();
                  } catch (BackendException failure) {
                    kind.complete(failure.kind());
                  }
                });
    RecordedRequest request = upstream.takeRequest(Duration.ofSeconds(5));
    thread.interrupt();
    request.awaitPeerClosed(Duration.ofSeconds(5));
    assertThat(kind.get(5, TimeUnit.SECONDS)).isIn(ErrorKind.CANCELLED, ErrorKind.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "200, , OK",
    "403, AccessDeniedException, REACHABLE",
    "403, UnrecognizedClientException, DOWN",
    "404, UnknownOperationException, REACHABLE",
    "429, ThrottlingException, REACHABLE",
    "500, InternalServerException, REACHABLE"
  })
  void theListTellsTheHealth(int status, @Nullable String type, Health.Status expected) {
    Script script = Script.json(status, "{\"modelSummaries\":[],\"message\":\"m\"}");
    upstream.enqueue(type == null ? script : script.withHeader("x-amzn-ErrorType", type));
    assertThat(backend.health(Caller.anonymous()).status()).isEqualTo(expected);
  }
}
