package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.Payload;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes over the wire and what becomes of what comes back.
class ConverseHttpTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";
  private static final String ANSWER =
      "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\"}]}},"
          + "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":3,\"outputTokens\":5}}";
  private static final Script STREAM =
      Script.bytes(
          200,
          EVENT_STREAM,
          new Frames().start().text(0, "Hi").blockStop(0).stop("end_turn").metadata().bytes());

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

  private Answer ask(String model, Delivery delivery) {
    try (EventStream events = backend.stream(Setup.request(model, delivery), Caller.anonymous())) {
      return Answer.of(events::next);
    }
  }

  private RecordedRequest seen() {
    return upstream.takeRequest(SOON);
  }

  @Test
  void aStreamIsAskedOfConverseStream() {
    upstream.enqueue(STREAM);
    assertThat(ask("us.amazon.nova-lite-v1:0", Delivery.STREAMED).text()).isEqualTo("Hi");
    RecordedRequest request = seen();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/model/us.amazon.nova-lite-v1%3A0/converse-stream");
    assertThat(request.headers("Content-Type")).containsExactly("application/json");
    assertThat(request.header("Accept")).contains(EVENT_STREAM);
    assertThat(request.header("Accept-Encoding")).contains("identity");
    assertThat(request.header("X-Client-Request-Id")).contains("call-1");
    assertThat(request.headers("Host")).hasSize(1);
    assertThat(request.bodyText()).contains("Hello");
  }

  @Test
  void aWholeAnswerIsAskedOfConverse() {
    upstream.enqueue(Script.json(200, ANSWER));
    Answer answer = ask("", Delivery.WHOLE);
    assertThat(answer.text()).isEqualTo("Hi");
    assertThat(answer.model()).isEqualTo("us.anthropic.claude-sonnet-4-20250514-v1:0");
    assertThat(seen().target())
        .isEqualTo("/model/us.anthropic.claude-sonnet-4-20250514-v1%3A0/converse");
  }

  @Test
  void nothingIsSentBeforeTheFirstEventIsAskedFor() {
    backend.stream(Setup.streamed(), Caller.anonymous()).close();
    assertThat(upstream.connectionsAccepted()).isZero();
  }

  @Test
  void theSignatureIsGoodForWhatWasReceived() {
    upstream.enqueue(STREAM);
    String arn = "arn:aws:bedrock:eu-west-3:123456789012:application-inference-profile/x1";
    ask(arn, Delivery.STREAMED);
    RecordedRequest request = seen();
    assertThat(request.header("Authorization")).contains(Signatures.of(request, Setup.SECRET));
    assertThat(request.header("Authorization").orElseThrow())
        .contains("Credential=" + Setup.KEY_ID + "/")
        .contains("/eu-west-3/bedrock/aws4_request");
  }

  @Test
  void connectionsAreUsedAgain() {
    upstream.enqueue(STREAM, STREAM, Script.json(200, ANSWER));
    ask("", Delivery.STREAMED);
    ask("", Delivery.STREAMED);
    ask("", Delivery.WHOLE);
    assertThat(upstream.connectionsAccepted()).isEqualTo(1);
  }

  @Test
  void aModelThatCannotStreamWithToolsIsAskedForTheWholeAnswer() {
    upstream.enqueue(
        Script.json(400, "{\"message\":\"This model doesn't support tool use in streaming mode.\"}")
            .withHeader("x-amzn-ErrorType", "ValidationException"),
        Script.json(200, ANSWER));
    String guardrail = "{\"guardrailIdentifier\":\"g\",\"streamProcessingMode\":\"async\"}";
    CompletionRequest asked =
        Setup.with("guardrailConfig", guardrail, Setup.request("meta.llama", Delivery.STREAMED));
    try (EventStream events = backend.stream(asked, Caller.anonymous())) {
      assertThat(Answer.of(events::next).text()).isEqualTo("Hi");
    }
    RecordedRequest first = seen();
    assertThat(first.target()).isEqualTo("/model/meta.llama/converse-stream");
    assertThat(first.bodyText()).contains("async");
    RecordedRequest second = seen();
    assertThat(second.target()).isEqualTo("/model/meta.llama/converse");
    assertThat(second.bodyText()).contains("guardrailIdentifier").doesNotContain("async");
  }

  /// One that is known to refuse tools while streaming is not asked in vain.
  @Test
  void aLlamaWithToolsGivesTheEventsOfAStream() {
    upstream.enqueue(
        Script.json(
            200,
            "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\"},"
                + "{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"look\",\"input\":{\"a\":1}}}]}},"
                + "\"stopReason\":\"tool_use\",\"usage\":{\"inputTokens\":3,\"outputTokens\":5}}"));
    Caller caller = Caller.anonymous();
    Answer answer;
    try (EventStream events =
        backend.stream(Setup.withTool("us.meta.llama3-3-70b-instruct-v1:0", "look"), caller)) {
      answer = Answer.of(events::next);
    }
    assertThat(answer.text()).isEqualTo("Hi");
    assertThat(answer.calls()).containsExactly(new Answer.Call("t1", "look", "{\"a\":1}"));
    assertThat(caller.reports()).isEmpty();
    assertThat(seen().target()).endsWith("/converse");
    assertThat(upstream.requestCount()).isOne();
  }

  @Test
  void whatCameIsReadAsWhatItIs() {
    upstream.enqueue(
        Script.json(200, ANSWER),
        Script.bytes(200, "application/octet-stream", new Frames().stop("end_turn").bytes()),
        Script.bytes(
            200,
            "text/html",
            "<html><title>Login</title></html>".getBytes(StandardCharsets.UTF_8)));
    assertThat(ask("", Delivery.STREAMED).text()).isEqualTo("Hi");
    assertThat(ask("", Delivery.STREAMED).text()).isEmpty();
    BackendException failure = ask("", Delivery.STREAMED).failed();
    assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(failure).hasMessageContaining("text/html").hasMessageContaining("Login");
  }

  @Test
  void slowPiecesAreEventsAsTheyCome() {
    Frames frames = new Frames().start().text(0, "Hi");
    Gate gate = new Gate();
    upstream.enqueue(
        Script.of(
            Step.Respond.chunked(200, EVENT_STREAM),
            new Step.SendInPieces(Payload.of(frames.bytes()), 1),
            new Step.AwaitGate(gate),
            new Step.Send(new Frames().stop("end_turn").metadata().bytes()),
            new Step.EndChunks()));
    try (EventStream events = backend.stream(Setup.streamed(), Caller.anonymous())) {
      events.next();
      assertThat(events.next()).isEqualTo(new StreamEvent.TextDelta("Hi"));
      gate.open();
      assertThat(events.next()).isInstanceOf(StreamEvent.Extension.class);
    }
  }
}
