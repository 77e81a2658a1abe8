package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The list of models, and what it says of the server's health.
class ModelsTest {
  private ScriptedUpstream upstream;

  @BeforeEach
  void start() {
    upstream = ScriptedUpstream.start();
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private void answer(Script script) {
    upstream.on("GET", "/v1/models", script);
  }

  @Test
  void modelsComeInTheServersOrder() {
    answer(Script.json(200, "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}"));
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).apiKey("key-1").open()) {
      assertThat(backend.models(TestCall.withKey("key-2")).stream().map(ModelInfo::name))
          .containsExactly("b", "a");
    }
    RecordedRequest request = upstream.takeRequest(Pulling.AT_MOST);
    assertThat(request.headers("Authorization")).containsExactly("Bearer key-2");
    assertThat(request.headers("Accept")).containsExactly("application/json");
    assertThat(request.body()).isEmpty();
  }

  @Test
  void aFailureIsTold() {
    answer(Scripts.error(401, "Wrong key topsecret1"));
    try (OpenAICompatibleBackend backend =
        TestConfig.of(upstream.uri()).apiKey("topsecret1").open()) {
      assertThatThrownBy(() -> backend.models(TestCall.plain()))
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
                assertThat(failure.message())
                    .contains("'mine'", "Wrong key")
                    .doesNotContain("topsecret1");
              });
    }
  }

  @Test
  void theTimeOfTheCallIsKept() {
    answer(Script.of(new Step.Stall()));
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      assertThatThrownBy(() -> backend.models(TestCall.within(Duration.ofMillis(50))))
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT));
      assertThat(backend.health(TestCall.within(Duration.ofMillis(50))).status())
          .isEqualTo(Health.Status.DOWN);
    }
  }

  @Test
  void anInterruptedThreadGivesUp() throws Exception {
    answer(Script.of(new Step.Stall()));
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      FutureTask<ErrorKind> task =
          new FutureTask<>(
              () -> {
                try {
                  backend.models(TestCall.plain());
                  throw new AssertionError("There was an answer");
                } catch (BackendException failure) {
                  return failure.kind();
                }
              });
      Thread thread = Thread.ofVirtual().start(task);
      RecordedRequest request = upstream.takeRequest(Pulling.AT_MOST);
      thread.interrupt();
      assertThat(task.get(Pulling.AT_ONCE.toMillis(), TimeUnit.MILLISECONDS))
          .isEqualTo(ErrorKind.CANCELLED);
      request.awaitPeerClosed(Pulling.AT_ONCE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, OK,        ''",
    "401, DOWN,      api_key",
    "403, DOWN,      api_key",
    "404, REACHABLE, no list",
    "405, REACHABLE, no list",
    "429, REACHABLE, 429",
    "500, DOWN,      500",
    "503, DOWN,      503"
  })
  void healthFollowsFromTheList(int status, Health.Status health, String says) {
    answer(Script.json(status, "{\"data\":[]}"));
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).apiKey("key-1").open()) {
      Health verdict = backend.health(TestCall.plain());
      assertThat(verdict.status()).isEqualTo(health);
      assertThat(verdict.detail()).contains(says);
    }
  }

  @Test
  void aServerThatWantsAKeyOfEachCallIsReachable() {
    answer(Scripts.error(401, "No key"));
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      Health verdict = backend.health(TestCall.plain());
      assertThat(verdict.status()).isEqualTo(Health.Status.REACHABLE);
      assertThat(verdict.detail()).contains("api_key");
    }
  }

  @Test
  void aWebPageIsNotAServer() {
    answer(Script.bytes(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      assertThat(backend.health(TestCall.plain()).status()).isEqualTo(Health.Status.DOWN);
    }
  }

  @Test
  void aServerThatIsNotThereIsDown() {
    String url = "http://127.0.0.1:" + ScriptedUpstream.refusedPort();
    try (OpenAICompatibleBackend backend = TestConfig.of(url).open()) {
      Health verdict = backend.health(TestCall.plain());
      assertThat(verdict.status()).isEqualTo(Health.Status.DOWN);
      assertThat(verdict.detail()).contains("refused");
    }
  }
}
