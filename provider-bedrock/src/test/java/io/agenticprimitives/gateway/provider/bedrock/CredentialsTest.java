package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Whose credentials go to Bedrock.
class CredentialsTest {
  private static final String CALLERS = "AKIACALLERSOWNKEY01";
  private static final String MACHINES = "AKIAMACHINESOWNKEY1";

  private final SystemProperties properties = new SystemProperties();
  private ScriptedUpstream upstream;

  @BeforeEach
  void start() {
    upstream =
        ScriptedUpstream.start()
            .onRequest(
                _ ->
                    Script.bytes(
                        200,
                        "application/vnd.amazon.eventstream",
                        new Frames().start().stop("end_turn").metadata().bytes()));
    properties
        .set("aws.accessKeyId", MACHINES)
        .set("aws.secretAccessKey", "machine-secret")
        .set("aws.sessionToken", "machine-token");
  }

  @AfterEach
  void stop() {
    properties.close();
    upstream.close();
  }

  private RecordedRequest ask(BedrockBackend backend, Caller caller) {
    try (EventStream events = backend.stream(Setup.streamed(), caller)) {
      assertThat(Answer.of(events::next).failure()).isNull();
    }
    return upstream.takeRequest(Duration.ofSeconds(10));
  }

  private RecordedRequest ask(
      Config config, ServerCredentials policy, Map<String, String> environment, Caller caller) {
    try (BedrockBackend backend = Setup.backend(config, policy, environment)) {
      return ask(backend, caller);
    }
  }

  private static String who(RecordedRequest request) {
    String authorization = request.header("Authorization").orElseThrow();
    String token = request.header("X-Amz-Security-Token").map(" "::concat).orElse("");
    return authorization.replaceAll("AWS4-HMAC-SHA256 Credential=([^/]*)/.*", "$1") + token;
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER, true, true, AKIACALLERSOWNKEY01",
    "NEVER, true, false, AKIACALLERSOWNKEY01",
    "NEVER, false, true, AKIACONFIGUREDKEY01",
    "FALLBACK, true, true, AKIACALLERSOWNKEY01",
    "FALLBACK, true, false, AKIACALLERSOWNKEY01",
    "FALLBACK, false, true, AKIACONFIGUREDKEY01",
    "FALLBACK, false, false, AKIAMACHINESOWNKEY1 machine-token",
    "ALWAYS, true, true, AKIACONFIGUREDKEY01",
    "ALWAYS, true, false, AKIAMACHINESOWNKEY1 machine-token",
    "ALWAYS, false, true, AKIACONFIGUREDKEY01",
    "ALWAYS, false, false, AKIAMACHINESOWNKEY1 machine-token"
  })
  void everyCallGoesWithTheRightKeys(
      ServerCredentials policy, boolean callerHasKeys, boolean configured, String expected) {
    Config config = Config.at(upstream.uri());
    Caller caller = callerHasKeys ? Caller.withKeys(CALLERS, "callers-secret") : Caller.anonymous();
    RecordedRequest request =
        ask(configured ? config.withKeys() : config, policy, Map.of(), caller);
    assertThat(who(request)).isEqualTo(expected);
  }

  @Test
  void withoutAnyTheCallerIsToldWhatToSend() {
    try (BedrockBackend backend =
        Setup.backend(
            Config.at(upstream.uri()),
            ServerCredentials.NEVER,
            Map.of("AWS_BEARER_TOKEN_BEDROCK", "machines-api-key"))) {
      assertThatThrownBy(() -> backend.stream(Setup.streamed(), Caller.anonymous()))
          .isInstanceOfSatisfying(
              BackendException.class,
              refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
          .hasMessageContaining("X-AWS-Access-Key-Id")
          .hasMessageContaining("allow_server_credentials");
      assertThat(backend.health(Caller.anonymous()).detail()).contains("bring their own");
    }
    assertThat(upstream.connectionsAccepted()).isZero();
  }

  @Test
  void theMachinesApiKeyServesWhereTheMachineMay() {
    Map<String, String> environment = Map.of("AWS_BEARER_TOKEN_BEDROCK", "machines-api-key");
    Config config = Config.at(upstream.uri());
    RecordedRequest request =
        ask(config, ServerCredentials.FALLBACK, environment, Caller.anonymous());
    assertThat(who(request)).isEqualTo("Bearer machines-api-key");
  }

  @ParameterizedTest
  @EnumSource(ServerCredentials.class)
  void theMachinesApiKeyNeverStandsBeforeOtherCredentials(ServerCredentials policy) {
    Map<String, String> environment = Map.of("AWS_BEARER_TOKEN_BEDROCK", "machines-api-key");
    Config config = Config.at(upstream.uri()).withKeys();
    assertThat(who(ask(config, policy, environment, Caller.anonymous()))).isEqualTo(Setup.KEY_ID);
    if (policy != ServerCredentials.ALWAYS) {
      Caller caller = Caller.withKeys(CALLERS, "callers-secret");
      assertThat(who(ask(config, policy, environment, caller))).isEqualTo(CALLERS);
    }
  }

  @Test
  void aConfiguredApiKeyIsSentAsABearerToken() {
    Config config = Config.at(upstream.uri()).withApiKey("ABSKconfigured");
    RecordedRequest request = ask(config, ServerCredentials.NEVER, Map.of(), Caller.anonymous());
    assertThat(request.headers("Authorization")).containsExactly("Bearer ABSKconfigured");
    assertThat(request.header("X-Amz-Date")).isEmpty();
  }

  @Test
  void aProfileGivesItsKeysAndItsRegion(@TempDir Path directory) throws IOException {
    Path credentials = directory.resolve("credentials");
    Files.writeString(
        credentials, "[work]\naws_access_key_id = AKIAPROFILE1\naws_secret_access_key = p\n");
    Path config = directory.resolve("config");
    Files.writeString(config, "[profile work]\nregion = ap-south-1\n");
    properties
        .set("aws.sharedCredentialsFile", credentials.toString())
        .set("aws.configFile", config.toString());
    Map<String, String> environment = Map.of("AWS_REGION", "eu-north-1");
    Config work = Config.at(upstream.uri()).withProfile("work");
    RecordedRequest request = ask(work, ServerCredentials.NEVER, environment, Caller.anonymous());
    assertThat(who(request)).isEqualTo("AKIAPROFILE1");
    assertThat(request.header("Authorization").orElseThrow()).contains("/ap-south-1/bedrock/");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, eu-north-1, eu-south-1, eu-central-1",
    ", eu-north-1, eu-south-1, eu-north-1",
    ", '', eu-south-1, eu-south-1",
    ", '', '', us-east-1"
  })
  void theRegionIsTheNearestOneThatIsNamed(
      @Nullable String configured, String region, String defaultRegion, String expected) {
    Config config = Config.at(upstream.uri()).withKeys();
    RecordedRequest request =
        ask(
            configured == null ? config : config.withRegion(configured),
            ServerCredentials.NEVER,
            Map.of("AWS_REGION", region, "AWS_DEFAULT_REGION", defaultRegion),
            Caller.anonymous());
    assertThat(request.header("Authorization").orElseThrow())
        .contains("/" + expected + "/bedrock/");
  }

  @Test
  void aMachineWithoutCredentialsSaysSo() {
    properties.close();
    try (SystemProperties bare = new SystemProperties();
        BedrockBackend backend =
            Setup.backend(
                Config.at(upstream.uri()).withProfile("nobody"), ServerCredentials.FALLBACK);
        EventStream events = backend.stream(Setup.streamed(), Caller.anonymous())) {
      assertThat(bare).isNotNull();
      assertThatThrownBy(events::next)
          .isInstanceOfSatisfying(
              BackendException.class,
              missing -> assertThat(missing.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
          .hasMessageContaining("'aws' found no AWS credentials");
    }
  }
}
