package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.provider.openai.OpenAICompatibleConfig.StreamUsage;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams ask for their usage, and do without where the server refuses.
class StreamOptionsTest {
  private static final String OPENAI =
      "{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\"}}";

  private ScriptedUpstream upstream;

  @BeforeEach
  void start() {
    upstream = ScriptedUpstream.start();
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private void refuse(int status, String body) {
    upstream.onRequest(
        request ->
            request.bodyText().contains("stream_options")
                ? Script.json(status, body)
                : Scripts.STREAM);
  }

  private String text(OpenAICompatibleBackend backend) {
    return Pulling.textOf(backend.stream(TestRequest.streamed().request(), TestCall.plain()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OPENAI,
        "{\"error\":{\"message\":\"Unknown parameter\",\"param\":\"stream_options\"}}",
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],"
            + "\"msg\":\"Extra inputs are not permitted\"}]}",
        "{\"message\":\"json: unknown field include_usage\"}"
      })
  void aServerThatRefusesToSayTheUsageIsAskedOnceMoreAndRemembered(String refusal) {
    refuse(refusal.contains("detail") ? 422 : 400, refusal);
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      assertThat(text(backend)).isEqualTo("Hello");
      assertThat(upstream.requestCount()).isEqualTo(2);
      assertThat(text(backend)).isEqualTo("Hello");
      assertThat(upstream.requestCount()).isEqualTo(3);
    }
  }

  @Test
  void theSecondRequestIsTheSameButForTheOptions() {
    refuse(400, OPENAI);
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).apiKey("key-1").open()) {
      assertThat(text(backend)).isEqualTo("Hello");
      String first = upstream.takeRequest(Pulling.AT_MOST).bodyText();
      String second = upstream.takeRequest(Pulling.AT_MOST).bodyText();
      assertThat(second)
          .isEqualTo(first.replace(",\"stream_options\":{\"include_usage\":true}", ""));
    }
  }

  @Test
  void theCallersOwnOptionsAreReportedWhenTheyAreLeftOut() {
    refuse(400, OPENAI);
    Extras options = TestRequest.extras("stream_options", "{\"include_usage\":true}");
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      for (int i = 0; i < 2; i++) {
        TestCall call = TestCall.plain();
        assertThat(
                Pulling.textOf(
                    backend.stream(TestRequest.streamed().with(options).request(), call)))
            .isEqualTo("Hello");
        assertThat(call.adjustments()).containsExactly("DROPPED stream_options");
      }
    }
  }

  @Test
  void whatTheSecondRequestGetsIsTold() {
    upstream.enqueue(Script.json(400, OPENAI), Scripts.error(429, "slow down"));
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      BackendException failure =
          Pulling.failureOf(backend.stream(TestRequest.streamed().request(), TestCall.plain()));
      assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }
  }

  @Test
  void otherRefusalsAreTheAnswer() {
    upstream.onRequest(_ -> Scripts.error(400, "context too long"));
    try (OpenAICompatibleBackend backend = TestConfig.of(upstream.uri()).open()) {
      BackendException failure =
          Pulling.failureOf(backend.stream(TestRequest.streamed().request(), TestCall.plain()));
      assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
      assertThat(failure.message()).isEqualTo("context too long");
      assertThat(upstream.requestCount()).isOne();
    }
  }

  @Test
  void alwaysMeansThatARefusalIsTheAnswer() {
    refuse(400, OPENAI);
    try (OpenAICompatibleBackend backend =
        TestConfig.of(upstream.uri()).streamUsage(StreamUsage.ALWAYS).open()) {
      BackendException failure =
          Pulling.failureOf(backend.stream(TestRequest.streamed().request(), TestCall.plain()));
      assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
      assertThat(upstream.requestCount()).isOne();
    }
  }

  @Test
  void neverLeavesItToTheCaller() {
    upstream.onRequest(_ -> Scripts.STREAM);
    Extras options = TestRequest.extras("stream_options", "{\"include_usage\":false}");
    try (OpenAICompatibleBackend backend =
        TestConfig.of(upstream.uri()).streamUsage(StreamUsage.NEVER).open()) {
      assertThat(text(backend)).isEqualTo("Hello");
      assertThat(upstream.takeRequest(Pulling.AT_MOST).bodyText()).doesNotContain("options");
      assertThat(
              Pulling.textOf(
                  backend.stream(TestRequest.streamed().with(options).request(), TestCall.plain())))
          .isEqualTo("Hello");
      assertThat(upstream.takeRequest(Pulling.AT_MOST).bodyText())
          .endsWith("\"stream_options\":{\"include_usage\":false}}");
    }
  }
}
