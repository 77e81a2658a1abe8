package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.provider.bedrock.Setup.Caller;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of exchanges that fail.
class ConverseFailuresTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";
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
  void anErrorIsTheErrorOfTheFirstEvent() {
    upstream.enqueue(
        Script.json(429, "{\"message\":\"Too many tokens, please wait.\"}")
            .withHeader("x-amzn-ErrorType", "ThrottlingException:http://internal.amazon.com/")
            .withHeader("x-amzn-RequestId", "abc-123")
            .withHeader("Retry-After", "7"));
    BackendException failure = ask("", Delivery.STREAMED).failed();
    assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    assertThat(failure).hasMessageContaining("Too many tokens, please wait.");
    assertThat(failure.upstream().code()).isEqualTo("ThrottlingException");
    assertThat(failure.upstream().requestId()).isEqualTo("abc-123");
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(upstream.requestCount()).isEqualTo(1);
  }

  @Test
  void aRefusedConnectionIsSaidToBeOne() {
    URI nowhere = URI.create("http://127.0.0.1:" + ScriptedUpstream.refusedPort());
    try (BedrockBackend lost =
            Setup.backend(Config.at(nowhere).withKeys(), ServerCredentials.NEVER);
        EventStream events = lost.stream(Setup.streamed(), Caller.anonymous())) {
      assertThatThrownBy(events::next)
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
                assertThat(failure.message()).contains("'aws'", "refused");
                assertThat(failure.message()).doesNotContain("127.0.0.1");
              });
    }
  }

  @Test
  void aResetBeforeTheHeadersIsUnreachable() {
    upstream.onRequest(_ -> Script.of(new Step.Reset()));
    assertThat(ask("", Delivery.STREAMED).failed().kind()).isEqualTo(ErrorKind.UNREACHABLE);
  }

  @Test
  void aStreamThatBreaksOffIsACut() {
    byte[] frames = new Frames().start().text(0, "Hi").bytes();
    Step head = Step.Respond.chunked(200, EVENT_STREAM);
    upstream.enqueue(
        Script.of(head, new Step.Send(frames), new Step.Close()),
        Script.of(head, new Step.Send(frames), new Step.EndChunks()),
        Script.of(
            head, new Step.Send(Arrays.copyOf(frames, frames.length - 3)), new Step.EndChunks()));
    for (int i = 0; i < 3; i++) {
      assertThat(ask("", Delivery.STREAMED).failed().kind()).isEqualTo(ErrorKind.CUT);
    }
  }

  @Test
  void aConnectionThatIsLostAfterTheStopUndoesNothing() {
    byte[] frames = new Frames().start().text(0, "Hi").stop("end_turn").bytes();
    upstream.enqueue(
        Script.of(
            Step.Respond.chunked(200, EVENT_STREAM), new Step.Send(frames), new Step.Close()));
    assertThat(ask("", Delivery.STREAMED).finished().upstreamStopReason()).isEqualTo("end_turn");
  }

  @Test
  void aClockThatIsOffCostsOneMoreRequest() {
    Instant aws = Instant.now().plus(Duration.ofHours(5));
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(aws.atOffset(ZoneOffset.UTC));
    Script refusal =
        Script.json(403, "{\"message\":\"Signature expired: 20250101T000000Z is now earlier\"}")
            .withHeader("x-amzn-ErrorType", "InvalidSignatureException")
            .withHeader("Date", date);
    upstream.enqueue(refusal, STREAM, STREAM);
    assertThat(ask("", Delivery.STREAMED).text()).isEqualTo("Hi");
    ask("", Delivery.STREAMED);
    RecordedRequest first = seen();
    for (RecordedRequest later : new RecordedRequest[] {seen(), seen()}) {
      assertThat(later.header("Authorization")).contains(Signatures.of(later, Setup.SECRET));
      assertThat(Duration.between(Signatures.time(first), Signatures.time(later)))
          .isGreaterThan(Duration.ofHours(4));
    }
  }

  @Test
  void aWrongSecretIsNoMatterOfTheClock() {
    upstream.enqueue(
        Script.json(403, "{\"message\":\"The request signature does not match.\"}")
            .withHeader("x-amzn-ErrorType", "InvalidSignatureException")
            .withHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().atOffset(ZoneOffset.UTC))));
    assertThat(ask("", Delivery.STREAMED).failed().kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(upstream.requestCount()).isEqualTo(1);
  }

  @Test
  void keysThatHaveExpiredAndAreTheOnlyOnesAreNotTriedAgain() {
    upstream.enqueue(
        Script.json(403, "{\"message\":\"The security token included in the request is expired\"}")
            .withHeader("x-amzn-ErrorType", "ExpiredTokenException"));
    BackendException failure = ask("", Delivery.STREAMED).failed();
    assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(failure.upstream().type()).isEqualTo("ExpiredTokenException");
    assertThat(upstream.requestCount()).isEqualTo(1);
  }

  @Test
  void redirectsAreNotFollowed() {
    upstream.enqueue(
        Script.json(307, "{}").withHeader("Location", upstream.uri("/elsewhere").toString()));
    assertThat(ask("", Delivery.STREAMED).failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(upstream.requestCount()).isEqualTo(1);
  }
}
