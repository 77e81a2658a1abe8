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
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The credentials and the region that come with a call.
class CallersCredentialsTest {
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

  @Test
  void sessionTokensStayWithTheirKeys() {
    Config config = Config.at(upstream.uri()).withKeys().withToken("configured-token");
    assertThat(who(ask(config, ServerCredentials.FALLBACK, Map.of(), Caller.anonymous())))
        .isEqualTo(Setup.KEY_ID + " configured-token");
    Caller caller =
        Caller.with(
            Map.of(
                "aws/access_key_id",
                CALLERS,
                "aws/secret_access_key",
                "callers-secret",
                "aws/session_token",
                "callers-token"));
    RecordedRequest own = ask(config, ServerCredentials.FALLBACK, Map.of(), caller);
    assertThat(who(own)).isEqualTo(CALLERS + " callers-token");
    assertThat(own.header("Authorization")).contains(Signatures.of(own, "callers-secret"));
  }

  @Test
  void oneCallsCredentialsAreNotThoseOfTheNext() {
    try (BedrockBackend backend =
        Setup.backend(Config.at(upstream.uri()).withKeys(), ServerCredentials.FALLBACK)) {
      for (int i = 0; i < 20; i++) {
        String id = "AKIACALLER" + (10 + i);
        RecordedRequest own = ask(backend, Caller.withKeys(id, "secret" + i));
        assertThat(who(own)).isEqualTo(id);
        assertThat(own.header("Authorization")).contains(Signatures.of(own, "secret" + i));
        assertThat(who(ask(backend, Caller.anonymous()))).isEqualTo(Setup.KEY_ID);
      }
    }
    // One after the other over one connection, which therefore is no one's own.
    assertThat(upstream.connectionsAccepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_key_id", "secret_access_key", "session_token"})
  void incompleteCredentialsAreRefusedAndNotMadeUpFor(String only) {
    try (BedrockBackend backend =
        Setup.backend(Config.at(upstream.uri()).withKeys(), ServerCredentials.FALLBACK)) {
      Caller caller = Caller.with(Map.of("aws/" + only, "x"));
      assertThatThrownBy(() -> backend.stream(Setup.streamed(), caller))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("go together");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nX-Evil: 1", "ä"})
  void credentialsThatCannotStandInAHeaderAreRefused(String bad) {
    try (BedrockBackend backend =
        Setup.backend(Config.at(upstream.uri()), ServerCredentials.NEVER)) {
      assertThatThrownBy(() -> backend.stream(Setup.streamed(), Caller.withKeys("AKIAOK", bad)))
          .isInstanceOfSatisfying(
              BackendException.class,
              refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
    }
  }

  @Test
  void aCallsRegionGoesWithItsOwnKeys() {
    Caller caller =
        Caller.with(
            Map.of(
                "aws/access_key_id",
                CALLERS,
                "aws/secret_access_key",
                "s",
                "aws/region",
                "eu-west-1"));
    Config config = Config.at(upstream.uri()).withKeys().withRegion("us-west-2");
    RecordedRequest own = ask(config, ServerCredentials.FALLBACK, Map.of(), caller);
    assertThat(own.header("Authorization").orElseThrow()).contains("/eu-west-1/bedrock/");
    assertThat(caller.reports()).isEmpty();
    RecordedRequest always = ask(config, ServerCredentials.ALWAYS, Map.of(), caller);
    assertThat(always.header("Authorization").orElseThrow()).contains("/us-west-2/bedrock/");
    assertThat(caller.reports()).containsExactly("DROPPED X-AWS-Region");
  }

  @Test
  void aRegionThatIsNoneIsRefused() {
    Caller caller =
        Caller.with(
            Map.of(
                "aws/access_key_id",
                CALLERS,
                "aws/secret_access_key",
                "s",
                "aws/region",
                "evil.example/"));
    try (BedrockBackend backend =
        Setup.backend(Config.at(upstream.uri()), ServerCredentials.NEVER)) {
      assertThatThrownBy(() -> backend.stream(Setup.streamed(), caller))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("X-AWS-Region");
    }
  }
}
