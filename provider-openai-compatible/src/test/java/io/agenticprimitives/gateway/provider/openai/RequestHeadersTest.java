package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes with a request.
class RequestHeadersTest {
  private ScriptedUpstream upstream;

  @BeforeEach
  void start() {
    upstream = ScriptedUpstream.start().onRequest(_ -> Scripts.STREAM);
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private TestConfig config() {
    return TestConfig.of(upstream.uri("/v1/"));
  }

  private RecordedRequest sent(TestConfig config, TestCall call, TestRequest request) {
    try (OpenAICompatibleBackend backend = config.open()) {
      assertThat(Pulling.textOf(backend.stream(request.request(), call))).isEqualTo("Hello");
    }
    return upstream.takeRequest(Pulling.AT_MOST);
  }

  private RecordedRequest sent(TestConfig config, TestCall call) {
    return sent(config, call, TestRequest.streamed());
  }

  @Test
  void aRequestIsPlainJsonAndAsksForAStream() {
    RecordedRequest request = sent(config(), TestCall.plain());
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/v1/chat/completions");
    assertThat(request.headers("Content-Type")).containsExactly("application/json");
    assertThat(request.headers("Accept")).containsExactly("text/event-stream, application/json");
    assertThat(request.headers("Accept-Encoding")).containsExactly("identity");
    assertThat(request.headers("X-Client-Request-Id")).containsExactly("request-1");
    assertThat(request.header("User-Agent").orElse("")).startsWith("agentic-primitives-gateway");
    assertThat(request.headers("Content-Length"))
        .containsExactly(String.valueOf(request.body().length));
    assertThat(request.header("Authorization")).isEmpty();
    assertThat(request.header("Upgrade")).isEmpty();
  }

  @Test
  void aWholeAnswerIsAskedForAsJson() {
    RecordedRequest request = sent(config(), TestCall.plain(), TestRequest.whole());
    assertThat(request.headers("Accept")).containsExactly("application/json");
    assertThat(request.bodyText()).doesNotContain("stream");
  }

  @Test
  void theKeyOfTheConfigurationIsABearerToken() {
    assertThat(sent(config().apiKey("key-1"), TestCall.plain()).headers("Authorization"))
        .containsExactly("Bearer key-1");
  }

  @Test
  void theKeyOfTheCallGoesFirst() {
    assertThat(sent(config().apiKey("key-1"), TestCall.withKey("key-2")).headers("Authorization"))
        .containsExactly("Bearer key-2");
    assertThat(
            sent(config().header("authorization", "Basic x"), TestCall.withKey("key-2"))
                .headers("Authorization"))
        .containsExactly("Bearer key-2");
    assertThat(sent(config().apiKey("key-1"), TestCall.withKey(" ")).headers("Authorization"))
        .containsExactly("Bearer key-1");
  }

  @Test
  void whatTheOperatorPassesOnGoesBeforeTheKeyOfTheConfiguration() {
    TestCall passing = TestCall.plain().passing("Bearer caller-1");
    assertThat(sent(config().apiKey("key-1"), passing).headers("Authorization"))
        .containsExactly("Bearer caller-1");
    TestCall both = TestCall.withKey("key-2").passing("Bearer caller-1");
    assertThat(sent(config(), both).headers("Authorization")).containsExactly("Bearer key-2");
  }

  @ParameterizedTest
  @CsvSource({"User-Agent", "accept", "X-CLIENT-REQUEST-ID", "Authorization", "api-key"})
  void headersOfTheConfigurationGoBeforeTheGatewaysOwn(String name) {
    assertThat(sent(config().header(name, "mine"), TestCall.plain()).headers(name))
        .containsExactly("mine");
  }

  @Test
  void organizationAndProjectHaveTheirHeaders() {
    RecordedRequest request =
        sent(config().organization("org-1").project("proj-1"), TestCall.plain());
    assertThat(request.headers("OpenAI-Organization")).containsExactly("org-1");
    assertThat(request.headers("OpenAI-Project")).containsExactly("proj-1");
  }

  @Test
  void aKeyThatNoHeaderCanHoldIsRefusedAndNotShown() {
    try (OpenAICompatibleBackend backend = config().open()) {
      TestCall call = TestCall.withKey("topsecret\r\nX-Admin: yes");
      assertThatThrownBy(() -> backend.stream(TestRequest.streamed().request(), call).next())
          .isInstanceOfSatisfying(
              BackendException.class,
              refused -> {
                assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
                assertThat(refused.message()).contains("X-Cred-OpenAI-Api-Key");
                assertThat(refused.message()).doesNotContain("topsecret");
              });
      assertThat(upstream.requestCount()).isZero();
    }
  }

  /// A key that an upstream repeats goes no further.
  @ParameterizedTest
  @CsvSource({
    "true, 401, AUTHENTICATION",
    "false, 401, AUTHENTICATION",
    "false, 400, INVALID_REQUEST"
  })
  void noFailureRepeatsAKey(boolean ofTheCall, int status, ErrorKind kind) {
    String key = "canary+key/with=signs";
    upstream.onRequest(
        request -> {
          String sent = request.header("Authorization").orElse("");
          return Scripts.error(status, "Wrong: " + sent.replace("Bearer ", ""));
        });
    TestConfig config = ofTheCall ? config() : config().apiKey(key);
    try (OpenAICompatibleBackend backend = config.open()) {
      TestCall call = ofTheCall ? TestCall.withKey(key) : TestCall.plain();
      BackendException failure =
          Pulling.failureOf(backend.stream(TestRequest.streamed().request(), call));
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.upstream().status()).isEqualTo(status);
      assertThat(failure.message()).contains("Wrong").doesNotContain("canary", "with=signs");
      if (kind == ErrorKind.AUTHENTICATION) {
        assertThat(failure.message()).startsWith("Backend 'mine'");
        assertThat(failure.message().contains("X-Cred-OpenAI-Api-Key")).isEqualTo(ofTheCall);
      }
    }
  }
}
