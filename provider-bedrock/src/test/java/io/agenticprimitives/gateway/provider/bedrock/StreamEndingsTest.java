package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How streams end, well or not.
class StreamEndingsTest {
  private static Frames said(String text) {
    return new Frames().start().text(0, text).blockStop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, END_TURN",
    "tool_use, TOOL_USE",
    "max_tokens, MAX_TOKENS",
    "model_context_window_exceeded, MAX_TOKENS",
    "stop_sequence, STOP_SEQUENCE",
    "guardrail_intervened, CONTENT_FILTER",
    "content_filtered, CONTENT_FILTER",
    "refusal, REFUSAL",
    "something_new, END_TURN"
  })
  void wordsForTheEnd(String word, StopReason meaning) {
    StreamEvent.Finished end = Answer.ofStream(said("x").stop(word).metadata()).finished();
    assertThat(end.stopReason()).isEqualTo(meaning);
    assertThat(end.upstreamStopReason()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, TOOL_USE",
    "something_new, TOOL_USE",
    "stop_sequence, TOOL_USE",
    "max_tokens, MAX_TOKENS",
    "guardrail_intervened, CONTENT_FILTER"
  })
  void wordsForTheEndBesideToolCalls(String word, StopReason meaning) {
    Frames frames = said("x").tool(1, "a", "f").blockStop(1).stop(word).metadata();
    assertThat(Answer.ofStream(frames).finished().stopReason()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"malformed_model_output", "malformed_tool_use"})
  void aBrokenAnswerIsAFailure(String word) {
    Answer answer = Answer.ofStream(said("x").stop(word).metadata());
    assertThat(answer.text()).isEqualTo("x");
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining(word);
    assertThat(answer.failed().upstream().code()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "validationException, INVALID_REQUEST, ValidationException",
    "throttlingException, RATE_LIMITED, ThrottlingException",
    "modelStreamErrorException, UPSTREAM_FAILURE, ModelStreamErrorException",
    "internalServerException, UPSTREAM_FAILURE, InternalServerException",
    "serviceUnavailableException, OVERLOADED, ServiceUnavailableException",
    "modelTimeoutException, TIMEOUT, ModelTimeoutException",
    "newException, UPSTREAM_FAILURE, NewException"
  })
  void anExceptionEndsTheAnswerAfterWhatWasSaid(String type, ErrorKind kind, String code) {
    Answer answer =
        Answer.ofStream(
            said("x").exception(type, "{\"message\":\"Too bad.\",\"p\":\"z\"}").stop("end_turn"));
    assertThat(answer.text()).isEqualTo("x");
    assertThat(answer.failed().kind()).isEqualTo(kind);
    assertThat(answer.failed()).hasMessageContaining("Too bad.");
    assertThat(answer.failed().upstream().code()).isEqualTo(code);
    assertThat(answer.failed().upstream().requestId()).isEqualTo("request-1");
    assertThat(answer.failed().upstream().status()).isZero();
  }

  @Test
  void anExceptionAsTheFirstMessageComesBeforeAnyEvent() {
    Answer answer =
        Answer.ofStream(new Frames().exception("throttlingException", "{\"message\":\"Wait.\"}"));
    assertThat(answer.events()).isEmpty();
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.RATE_LIMITED);
  }

  @Test
  void aModelsOwnWordsAreKept() {
    Answer answer =
        Answer.ofStream(
            new Frames()
                .exception(
                    "modelStreamErrorException",
                    "{\"message\":\"It failed.\",\"originalStatusCode\":500,"
                        + "\"originalMessage\":\"Out of memory\"}"));
    assertThat(answer.failed()).hasMessageContaining("It failed. The model said: Out of memory");
  }

  @Test
  void anErrorMessageIsAFailure() {
    Answer answer = Answer.ofStream(said("x").error("InternalFailure", "Something broke"));
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining("Something broke");
    assertThat(answer.failed().upstream().type()).isEqualTo("InternalFailure");
  }

  @Test
  void anExceptionWithoutWordsIsNamed() {
    Answer answer = Answer.ofStream(new Frames().exception("validationException", ""));
    assertThat(answer.failed()).hasMessageContaining("ValidationException");
  }

  @Test
  void metadataMayBeMissingOrComeFirst() {
    assertThat(Answer.ofStream(said("x").stop("end_turn")).finished().usage())
        .isEqualTo(Usage.UNKNOWN);
    assertThat(Answer.ofStream(said("x").metadata().stop("end_turn")).finished().usage())
        .isEqualTo(Usage.of(3, 5));
  }

  @Test
  void aConnectionThatIsLostAfterTheStopUndoesNothing() {
    byte[] body = said("x").stop("end_turn").bytes();
    Answer answer = Answer.ofStream(CutBody.broken(body, new IOException("reset")));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
  }

  @Test
  void anErrorAfterTheStopCounts() {
    Frames frames = said("x").stop("end_turn").exception("internalServerException", "{}");
    assertThat(Answer.ofStream(frames).failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  @Test
  void aConnectionThatIsLostBeforeTheStopIsACut() {
    Answer answer = Answer.ofStream(CutBody.broken(said("xyz").bytes(), new IOException("reset")));
    assertThat(answer.text()).isEqualTo("xyz");
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.CUT);
    assertThat(answer.failed()).hasMessageContaining("3 characters");
  }

  @Test
  void textThatIsNoJsonIsDamage() {
    Answer answer = Answer.ofStream(new Frames().start().event("contentBlockDelta", "nonsense"));
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining("contentBlockDelta is not JSON");
  }

  @Test
  void messagesOfAnotherKindAreDamage() {
    Answer answer =
        Answer.ofStream(new Frames().start().frame(Map.of(":message-type", "strange"), "{}"));
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }
}
