package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way in which a call fails says what happened.
class FailureTest {
  private final ProviderUnderTest provider = new ProviderUnderTest();

  @AfterEach
  void close() {
    provider.close();
  }

  private BackendException failure(Script script) {
    provider.upstream.enqueue(script);
    return catchThrowableOfType(BackendException.class, () -> provider.complete(Requests.HELLO));
  }

  private static String error(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"req_1\"}"
        .formatted(type, message);
  }

  @ParameterizedTest
  @CsvSource({
    "400,invalid_request_error,INVALID_REQUEST",
    "401,authentication_error,AUTHENTICATION",
    "403,permission_error,PERMISSION",
    "404,not_found_error,NOT_FOUND",
    "409,conflict_error,CONFLICT",
    "413,request_too_large,TOO_LARGE",
    "429,rate_limit_error,RATE_LIMITED",
    "500,api_error,UPSTREAM_FAILURE",
    "504,timeout_error,TIMEOUT",
    "529,overloaded_error,OVERLOADED"
  })
  void errorsKeepTheirMeaningAsAnswersAndAsEvents(int status, String type, ErrorKind kind) {
    BackendException answer = failure(Script.json(status, error(type, "No luck")));

    assertThat(answer.kind()).isEqualTo(kind);
    assertThat(answer.message()).contains(Integer.toString(status), "No luck");
    assertThat(answer.upstream().status()).isEqualTo(status);
    assertThat(answer.upstream().type()).isEqualTo(type);
    assertThat(answer.upstream().requestId()).isEqualTo("req_1");

    BackendException event =
        failure(Sse.complete(List.of(Sse.START, error(type, "No luck either"))));
    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.message()).contains("No luck either");
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    String body = error("rate_limit_error", "Slow down");
    BackendException seconds = failure(Script.json(429, body).withHeader("retry-after", "12"));
    assertThat(seconds.retryAfter()).hasValue(Duration.ofSeconds(12));

    String soon =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10));
    BackendException date = failure(Script.json(429, body).withHeader("retry-after", soon));
    assertThat(date.retryAfter().orElseThrow())
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));

    BackendException odd = failure(Script.json(429, body).withHeader("retry-after", "tomorrow"));
    assertThat(odd.retryAfter()).isEmpty();
  }

  @Test
  void anErrorThatIsNotAnthropicsIsToldByItsStatus() {
    BackendException failure = failure(Script.bytes(502, "text/html", "<h1>Bad</h1>".getBytes()));

    assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(failure.message()).isEqualTo("Anthropic's API answered with 502.");
  }

  @Test
  void neitherKeysNorAddressesGetIntoMessages() {
    String own =
        "Key " + ProviderUnderTest.KEY + " and sk-ant-other-key at " + provider.upstream.uri();
    BackendException failure = failure(Script.json(401, error("authentication_error", own)));

    assertThat(failure.message())
        .doesNotContain("sk-ant", "127.0.0.1", Integer.toString(provider.upstream.port()))
        .contains("Key [removed] and [removed] at [removed]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void anAnswerThatIsCutAnywhereIsAFailure(int events) {
    List<String> cut = Sse.HELLO.subList(0, events);
    Step start = Step.Respond.chunked(200, "text/event-stream");
    List<Step> steps = new ArrayList<>(List.of(start));
    if (!cut.isEmpty()) {
      steps.add(new Step.Send(Sse.wire(cut)));
    }
    for (Step end : List.of(new Step.EndChunks(), new Step.Close(), new Step.Reset())) {
      List<Step> script = new ArrayList<>(steps);
      script.add(end);
      // A reset may overtake even the head of the answer, and where nothing else comes of it the
      // JDK's client may see the close first.
      boolean overtakes = end instanceof Step.Reset || (cut.isEmpty() && end instanceof Step.Close);
      assertThat(failure(new Script(script)).kind())
          .as("%s", end)
          .isIn(ErrorKind.CUT, overtakes ? ErrorKind.UNREACHABLE : ErrorKind.CUT);
    }
  }

  @Test
  void whatCameBeforeACutIsHandedOn() {
    for (int i = 0; i < 50; i++) {
      provider.upstream.enqueue(Sse.unfinished(Sse.HELLO.subList(0, 4)).then(new Step.Close()));
      try (var stream = provider.stream(Requests.HELLO)) {
        assertThat(stream.next()).isInstanceOf(StreamEvent.Started.class);
        assertThat(stream.next()).isEqualTo(new StreamEvent.TextDelta("Hello, "));
        assertThat(catchThrowableOfType(BackendException.class, stream::next).kind())
            .isEqualTo(ErrorKind.CUT);
      }
    }
  }

  @Test
  void anEventWithoutItsBlankLineIsNotComplete() {
    String wire = Sse.wire(Sse.HELLO);
    Script script =
        Script.of(
            Step.Respond.chunked(200, "text/event-stream"),
            new Step.Send(wire.substring(0, wire.length() - 1)),
            new Step.EndChunks());

    assertThat(failure(script).kind()).isEqualTo(ErrorKind.CUT);
  }

  @Test
  void anEndWithoutAReasonIsNoEnd() {
    assertThat(failure(Sse.complete(List.of(Sse.START, Sse.STOP))).kind()).isEqualTo(ErrorKind.CUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{\"type\":\"message_stop\"}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{}}"
      })
  void nonsenseIsNotAnAnswer(String event) {
    Script script =
        Script.of(
            Step.Respond.chunked(200, "text/event-stream"),
            new Step.Send("data: " + event + "\n\n"),
            new Step.EndChunks());

    assertThat(failure(script).kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  @Test
  void blocksThatDoNotFitTogetherAreNotAnAnswer() {
    List<String> block = Sse.block(0, "{\"type\":\"text\",\"text\":\"\"}");
    List<List<String>> wrong =
        List.of(
            List.of(Sse.START, Sse.START),
            List.of(Sse.START, block.getFirst(), block.getFirst()),
            List.of(Sse.START, block.getLast()),
            List.of(Sse.START, block.getFirst(), Sse.end("end_turn"), Sse.STOP),
            List.of(Sse.START.replace("\"input_tokens\":10", "\"input_tokens\":\"many\"")));
    for (List<String> events : wrong) {
      assertThat(failure(Sse.complete(events)).kind())
          .as("%s", events)
          .isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    }
  }

  @Test
  void anAnswerThatIsNoStreamIsNotOne() {
    assertThat(failure(Script.json(200, "{}")).kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  @Test
  void anUpstreamThatIsNotThereIsTold() {
    URI nobody = URI.create("http://127.0.0.1:" + ScriptedUpstream.refusedPort());
    LlmBackend backend = ProviderUnderTest.open(nobody);
    try (var stream = backend.stream(Requests.HELLO, provider.call)) {
      BackendException failure = catchThrowableOfType(BackendException.class, stream::next);
      assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(failure.message()).contains("refused").doesNotContain("127.0.0.1");
    } finally {
      backend.close();
    }
  }

  @Test
  void anUpstreamThatHangsUpOrSpeaksSomethingElseIsTold() {
    assertThat(failure(Script.of(new Step.Close())).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(failure(Script.of(new Step.SendRaw("SSH-2.0-x\r\n\r\n"), new Step.Close())).kind())
        .isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  @Test
  void afterAFailureNothingComes() {
    provider.upstream.enqueue(Sse.complete(List.of(Sse.START, error("api_error", "Oops"))));
    try (var stream = provider.stream(Requests.HELLO)) {
      stream.next();
      BackendException first = catchThrowableOfType(BackendException.class, stream::next);
      assertThat(catchThrowableOfType(BackendException.class, stream::next)).isSameAs(first);
    }
  }
}
