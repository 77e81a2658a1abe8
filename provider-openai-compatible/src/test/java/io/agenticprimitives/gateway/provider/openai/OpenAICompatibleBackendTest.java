package io.agenticprimitives.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenAICompatibleBackendTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Message HELLO = Requests.user(ContentBlock.Text.of("Hello"));
  private static final String CHUNK =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}";
  private static final String FINISH =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
  private static final String ANSWER =
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

  private final ScriptedUpstream upstream = ScriptedUpstream.start();

  @AfterEach
  void closeUpstream() {
    upstream.close();
  }

  private OpenAICompatibleBackend backend() {
    return TestConfig.of(upstream.uri()).defaultModel("small").open();
  }

  private static Completion ask(OpenAICompatibleBackend backend, Delivery delivery) {
    try (EventStream stream = backend.stream(Requests.of(delivery, HELLO), TestCall.plain())) {
      return Completion.of(stream);
    }
  }

  @Test
  void connectionsAreUsedAgain() {
    upstream.enqueue(
        Script.sse(CHUNK, FINISH, "[DONE]"), Script.json(200, ANSWER), Script.sse(CHUNK, FINISH));
    try (OpenAICompatibleBackend backend = backend()) {
      assertThat(ask(backend, Delivery.STREAMED).text()).isEqualTo("Hi");
      assertThat(ask(backend, Delivery.WHOLE).text()).isEqualTo("Hi");
      assertThat(ask(backend, Delivery.STREAMED).text()).isEqualTo("Hi");
    }
    // The rest of a stream behind its end is read beside the next call, which may come too soon.
    assertThat(upstream.connectionsAccepted()).isLessThan(3);
    RecordedRequest streamed = upstream.takeRequest(SOON);
    assertThat(streamed.bodyText())
        .isEqualTo(
            "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
                + "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    assertThat(upstream.takeRequest(SOON).bodyText())
        .isEqualTo(
            "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
  }

  @Test
  @SuppressWarnings("try") // Closing early is the point.
  void nothingIsSentBeforeTheFirstEventIsAskedFor() {
    try (OpenAICompatibleBackend backend = backend();
        EventStream stream =
            backend.stream(Requests.of(Delivery.STREAMED, HELLO), TestCall.plain())) {
      assertThat(upstream.requestCount()).isZero();
      stream.close();
      assertThatThrownBy(stream::next)
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
    }
    assertThat(upstream.requestCount()).isZero();
  }

  @Test
  void aConnectionThatTheServerClosedMeanwhileDoesNotFailACall() {
    Gate gate = new Gate();
    upstream.enqueue(
        Script.of(
            Step.Respond.contentLength(200, "application/json", ANSWER.length()),
            new Step.Send(ANSWER),
            new Step.AwaitGate(gate),
            new Step.Close()));
    // The request may still reach the connection that is just being closed.
    upstream.onRequest(_ -> Script.json(200, ANSWER));
    try (OpenAICompatibleBackend backend = backend()) {
      ask(backend, Delivery.WHOLE);
      gate.open();
      upstream.awaitConnectionsOpen(0, SOON);
      assertThat(ask(backend, Delivery.WHOLE).text()).isEqualTo("Hi");
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  @SuppressWarnings("try") // Closing early is the point.
  void closingFromAnotherThreadEndsTheCallBeforeTheAnswerAndInIt(Delivery delivery)
      throws InterruptedException {
    String begun = delivery == Delivery.STREAMED ? "data: " + CHUNK + "\n\n" : "{\"choices\":[";
    for (Script script :
        List.of(
            Script.of(new Step.Stall()),
            Script.of(
                Step.Respond.chunked(200, "text/event-stream"),
                new Step.Send(begun),
                new Step.Stall()))) {
      upstream.enqueue(script);
      try (OpenAICompatibleBackend backend = backend();
          EventStream stream = backend.stream(Requests.of(delivery, HELLO), TestCall.plain())) {
        Thread closer =
            Thread.ofVirtual()
                .start(
                    () -> {
                      RecordedRequest request = upstream.takeRequest(SOON);
                      stream.close();
                      request.awaitPeerClosed(SOON);
                    });
        assertThatThrownBy(() -> Completion.of(stream))
            .isInstanceOfSatisfying(
                BackendException.class,
                failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
        closer.join();
      }
    }
    upstream.awaitConnectionsOpen(0, SOON);
  }

  @Test
  void aServerThatKnowsNoStreamOptionsIsAskedWithoutFromThenOn() {
    upstream.enqueue(
        Script.json(400, "{\"error\":{\"message\":\"Unknown field: stream_options\"}}"),
        Script.sse(CHUNK, FINISH),
        Script.sse(CHUNK, FINISH));
    try (OpenAICompatibleBackend backend = backend()) {
      assertThat(ask(backend, Delivery.STREAMED).text()).isEqualTo("Hi");
      assertThat(ask(backend, Delivery.STREAMED).text()).isEqualTo("Hi");
    }
    assertThat(upstream.takeRequest(SOON).bodyText()).contains("stream_options");
    assertThat(upstream.takeRequest(SOON).bodyText()).doesNotContain("stream_options");
    assertThat(upstream.takeRequest(SOON).bodyText()).doesNotContain("stream_options");
  }

  @Test
  void headersKeysAndIds() {
    upstream.onRequest(_ -> Script.json(200, ANSWER));
    TestConfig config = TestConfig.of(upstream.uri()).apiKey("server-key").header("X-Team", "a");
    try (OpenAICompatibleBackend backend = config.open()) {
      ask(backend, Delivery.WHOLE);
      try (EventStream own =
          backend.stream(Requests.of(Delivery.WHOLE, HELLO), TestCall.withKey("caller-key"))) {
        Completion.of(own);
      }
      ask(backend, Delivery.WHOLE);
    }
    RecordedRequest first = upstream.takeRequest(SOON);
    assertThat(first.header("Authorization")).contains("Bearer server-key");
    assertThat(first.header("X-Team")).contains("a");
    assertThat(first.header("X-Client-Request-Id")).contains("request-1");
    assertThat(first.header("Accept-Encoding")).contains("identity");
    assertThat(first.header("Content-Type")).contains("application/json");
    assertThat(upstream.takeRequest(SOON).header("Authorization")).contains("Bearer caller-key");
    assertThat(upstream.takeRequest(SOON).header("Authorization")).contains("Bearer server-key");
  }

  @Test
  void withoutAKeyThereIsNoAuthorization() {
    upstream.enqueue(Script.json(200, ANSWER));
    try (OpenAICompatibleBackend backend = backend()) {
      ask(backend, Delivery.WHOLE);
    }
    assertThat(upstream.takeRequest(SOON).header("Authorization")).isEmpty();
  }

  @Test
  void aPrivateCertificateIsTrustedIfItIsNamed() {
    try (ScriptedUpstream tls = ScriptedUpstream.startTls()) {
      tls.onRequest(_ -> Script.json(200, ANSWER));
      TestConfig trusting = TestConfig.of(tls.uri()).caCertificate(tls.certificatePem());
      try (OpenAICompatibleBackend backend = trusting.open()) {
        assertThat(ask(backend, Delivery.WHOLE).text()).isEqualTo("Hi");
      }
      try (OpenAICompatibleBackend backend = TestConfig.of(tls.uri()).open()) {
        assertThatThrownBy(() -> ask(backend, Delivery.WHOLE))
            .hasMessageContaining("ca_certificate");
      }
    }
  }

  @Test
  void aProxyStandsOnTheWay() {
    upstream.onRequest(
        request ->
            request.header("Proxy-Authorization").isPresent()
                ? Script.json(200, ANSWER)
                : Script.json(407, "{}").withHeader("Proxy-Authenticate", "Basic realm=\"p\""));
    TestConfig config =
        TestConfig.of("http://far-away.invalid")
            .proxy("http://user:pass@127.0.0.1:" + upstream.port());
    try (OpenAICompatibleBackend backend = config.open()) {
      assertThat(ask(backend, Delivery.WHOLE).text()).isEqualTo("Hi");
    }
    RecordedRequest request = upstream.takeRequest(SOON);
    assertThat(request.target()).isEqualTo("http://far-away.invalid/v1/chat/completions");
    assertThat(request.header("Proxy-Authorization")).contains("Basic dXNlcjpwYXNz");
  }

  @Test
  void modelsAndHealth() {
    upstream.enqueue(
        Script.json(200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"),
        Script.json(200, "{\"data\":[]}"),
        Script.json(401, "{\"error\":{\"message\":\"bad key\"}}"),
        Script.json(404, "{}"));
    try (OpenAICompatibleBackend backend = backend()) {
      assertThat(backend.models(TestCall.plain()))
          .extracting(ModelInfo::name)
          .containsExactly("a", "b");
      assertThat(backend.health(TestCall.plain())).isEqualTo(Health.OK);
      Health refused = backend.health(TestCall.plain());
      assertThat(refused.status()).isEqualTo(Health.Status.REACHABLE);
      assertThat(refused.detail()).contains("api_key");
      assertThat(backend.health(TestCall.plain()).status()).isEqualTo(Health.Status.REACHABLE);
    }
    assertThat(upstream.takeRequest(SOON).target()).isEqualTo("/v1/models");
  }

  @Test
  void manySlowStreamsRunSideBySide() throws InterruptedException {
    int streams = 200;
    Gate gate = new Gate();
    CountDownLatch halfWay = new CountDownLatch(streams);
    upstream.onRequest(
        _ ->
            Script.sseUnfinished(CHUNK)
                .then(
                    new Step.AwaitGate(gate),
                    new Step.Send("data: " + FINISH + "\n\n"),
                    new Step.EndChunks()));
    ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    try (OpenAICompatibleBackend backend = backend()) {
      for (int i = 0; i < streams; i++) {
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try (EventStream stream =
                          backend.stream(Requests.of(Delivery.STREAMED, HELLO), TestCall.plain())) {
                        stream.next();
                        halfWay.countDown();
                        stream.next();
                        answers.add(stream.next().toString());
                      }
                    }));
      }
      halfWay.await();
      gate.open();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(answers).hasSize(streams).allMatch(answer -> answer.startsWith("Finished"));
  }
}
