package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.DONE;
import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.stream;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.UpstreamError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Errors under a good status, and bodies that are no answers.
class StreamErrorsTest {

  @Test
  void anErrorChunkFailsAfterTheEventsBeforeIt() {
    Answer answer =
        Answer.ofStream(
            stream(
                text("a"),
                "{\"error\":{\"message\":\"Busy"
                    + " now\",\"code\":503,\"type\":\"t\",\"param\":\"p\"}}"));
    assertThat(answer.text()).isEqualTo("a");
    BackendException failure = answer.failed();
    assertThat(failure.kind()).isEqualTo(ErrorKind.OVERLOADED);
    assertThat(failure).hasMessageContaining("Busy now");
    assertThat(failure.upstream()).isEqualTo(new UpstreamError(503, "t", "503", "p", ""));
  }

  @Test
  void anErrorAfterOnlyCommentsIsTheWholeAnswer() {
    Answer answer =
        Answer.ofStream(
            ": PROCESSING\n\n" + stream("{\"error\":{\"message\":\"no\",\"code\":429}}") + DONE);
    assertThat(answer.events()).isEmpty();
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.RATE_LIMITED);
  }

  @Test
  void anErrorBesideChoicesCountsEvenAfterTheFinishReason() {
    Answer answer =
        answer(
            text("a"),
            finish("length"),
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}],\"usage\":{\"prompt_tokens\":1,"
                + "\"completion_tokens\":1},\"error\":{\"message\":\"late\",\"code\":502}}");
    assertThat(answer.text()).isEqualTo("ab");
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining("late");
  }

  @Test
  void anErrorInTheChoiceFailsAfterItsText() {
    String choices =
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"par\"},\"finish_reason\":\"error\","
            + "\"error\":{\"message\":\"lost\",\"code\":502}}]}";
    Answer answer = answer(choices);
    assertThat(answer.text()).isEqualTo("par");
    assertThat(answer.failed()).hasMessageContaining("lost");
    assertThat(answer.failed().upstream().status()).isEqualTo(502);
    assertThat(Answer.ofJson(choices.replace("delta", "message")).failed())
        .hasMessageContaining("lost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: error\ndata: {\"error\":{\"message\":\"boom\"}}\n\n",
        "event: error\ndata: {\"message\":\"boom\"}\n\n",
        "event: error\ndata: boom\n\n",
        "event: error\ndata: \"boom\"\n\n",
        "error: {\"detail\":\"x\",\"error\":{\"message\":\"boom\"}}\n\n",
        "error: boom",
        "error:{\"message\":\"boom\"}\n",
        "{\"error\":{\"message\":\"boom\"}}",
        "data: {\"error\":\"boom\"}\n\n",
        "data: {\"object\":\"error\",\"message\":\"boom\",\"type\":\"BadGateway\"}\n\n",
        "data: [{\"error\":{\"message\":\"boom\"}}]\n\n",
        "data: {\"error\":{\"message\":\"boom\"}}"
      })
  void everyFormOfAnErrorInAStreamIsOne(String error) {
    Answer answer = Answer.ofStream(stream(text("a")) + error);
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer.failed()).hasMessageContaining("boom");
  }

  @ParameterizedTest
  @CsvSource({
    "rate_limit_exceeded, RATE_LIMITED", "insufficient_quota, RATE_LIMITED",
    "overloaded_error, OVERLOADED", "authentication_error, AUTHENTICATION",
    "invalid_api_key, AUTHENTICATION", "permission_denied, PERMISSION",
    "model_not_found, NOT_FOUND", "request_timeout, TIMEOUT",
    "invalid_request_error, INVALID_REQUEST", "server_error, UPSTREAM_FAILURE"
  })
  void wordsTellTheKindWhereThereIsNoStatus(String word, ErrorKind kind) {
    String error = "{\"error\":{\"message\":\"m\",\"type\":\"%s\",\"code\":null}}".formatted(word);
    BackendException failure = Answer.ofStream(stream(error)).failed();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.upstream()).isEqualTo(new UpstreamError(0, word, "", "", ""));
  }

  @Test
  void anEmptyErrorIsNone() {
    Answer answer =
        answer("{\"error\":{},\"choices\":[]}", "{\"error\":\"\",\"choices\":[]}", text("a"));
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.finished()).isNotNull();
  }

  @Test
  void anErrorWithoutWordsSaysSo() {
    assertThat(Answer.ofStream(stream("{\"error\":{\"code\":500}}")).failed())
        .hasMessageContaining("did not say");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: hello\n\n",
        "data: 7\n\n",
        "data: {\"type\":\"message_start\"}\n\n",
        "data: [DONE]\n\n",
        "event: start\ndata: {\"type\":1}\n\ndata: {}\n\n",
        "<html><body>hello</body></html>",
        "hello",
        "{\"hello\":1}",
        "[1]",
        "{\"detail\":\"hello\"}",
        "{\"message\":{\"content\":\"hello\"}}{\"done\":true}"
      })
  void whatIsNoAnswerIsSaidToBeNone(String body) {
    for (Answer answer : List.of(Answer.ofStream(body), Answer.ofJson(body))) {
      assertThat(answer.events()).isEmpty();
      assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
      assertThat(answer.failed()).hasMessageContaining("something that is not");
    }
  }

  @Test
  void theMessageShowsTypeAndBeginningWithoutSecretsAndControls() {
    String words =
        "No \u001B[31mhello \u0000 http://10.1.2.3:99/x sk-12345678abcdef " + "z".repeat(500);
    BackendException failure =
        Answer.of(
                ResponseBody.open(
                    "text/plain; charset=x\u0007", true, Answer.stream(words), _ -> {}))
            .failed();
    assertThat(failure.message())
        .contains("text/plain; charset=x", "No [31mhello")
        .doesNotContain("10.1.2.3", "12345678abcdef", "\u001B", "\u0007", "\u0000")
        .hasSizeLessThan(400);
  }

  @Test
  void ofAPageTheTitleIsTold() {
    String page = "<html><head><title>Sign\u001B in</title></head><p>sk-12345678abcdef</html>";
    BackendException failure =
        Answer.of(ResponseBody.open("text/html", true, Answer.stream(page), _ -> {})).failed();
    assertThat(failure).hasMessageEndingWith("(content type text/html); its title is: Sign in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "   \r\n\t", ": only a comment\n\n"})
  void anEmptyBodyIsAFailure(String body) {
    assertThat(Answer.ofStream(body).failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(Answer.ofJson(body).failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
  }

  @Test
  void jsonWhereAStreamWasAskedForIsAnAnswer() {
    Answer answer = Answer.ofStream(" \n" + whole("{\"content\":\"hi\"}", "stop"));
    assertThat(answer.text()).isEqualTo("hi");
  }

  @Test
  void aStreamWhereJsonWasAskedForIsAnAnswer() {
    String stream = stream(text("h"), text("i"), finish("stop")) + DONE;
    assertThat(Answer.ofJson(stream).text()).isEqualTo("hi");
    assertThat(Answer.ofJson(": ping\n\n" + stream).text()).isEqualTo("hi");
    assertThat(Answer.ofJson("\uFEFF\n" + stream).text()).isEqualTo("hi");
  }
}
