package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.delta;
import static io.agenticprimitives.gateway.provider.openai.Chunks.stream;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Finished;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Long, deep and endless bodies are read or refused, in bounded memory.
class AnswerLimitsTest {

  @ParameterizedTest
  @ValueSource(ints = {600, 100_000})
  void deepNestingIsAFailureAndNoStackOverflow(int depth) {
    for (String open : List.of("[", "{\"a\":")) {
      String deep = open.repeat(depth);
      for (String member : List.of("content", "tool_calls", "reasoning_details", "x", "audio")) {
        String delta = "{\"" + member + "\":" + deep;
        Answer.ofStream(stream(delta(delta))).failed();
        Answer.ofJson(whole(delta, "stop")).failed();
      }
      Answer.ofJson(deep).failed();
      Answer.ofStream("error: " + deep + "\n").failed();
      assertThat(ErrorDecoder.decode(500, null, null, null, Answer.stream(deep))).isNotNull();
      assertThatThrownBy(() -> ModelsDecoder.decode(Answer.stream(deep), _ -> {}))
          .isInstanceOf(BackendException.class);
    }
    String closed = "[".repeat(depth) + "]".repeat(depth);
    Answer.ofStream(stream(delta("{\"x\":" + closed + "}"))).failed();
    Answer.ofJson(whole("{\"x\":" + closed + "}", "stop")).failed();
  }

  @Test
  void nestingAsDeepAsIsAllowedIsKept() {
    int depth = ResponseJson.MAX_DEPTH - 5;
    String deep = "[".repeat(depth) + "1" + "]".repeat(depth);
    String message = "{\"reasoning_details\":" + deep + ",\"x\":" + deep + "}";
    Answer answer = Answer.ofJson(whole(message, "stop"));
    assertThat(answer.extensions()).containsEntry("x", deep);
    assertThat(answer.reasoningBlocks()).hasSize(1);
  }

  @Test
  void aNumberWhoseExponentIsOutOfAllBoundsIsAFailure() {
    String message = "{\"x\":1e99999999999}";
    Answer.ofStream(stream(delta(message))).failed();
    Answer.ofJson(whole(message, "stop")).failed();
    assertThat(ErrorDecoder.decode(500, null, null, null, Answer.stream(message))).isNotNull();
  }

  @Test
  void aLongTextIsNoTrouble() {
    String text = "x".repeat(10 << 20);
    assertThat(Chunks.answer(Chunks.text(text)).text()).hasSize(10 << 20);
    assertThat(Answer.ofJson(whole("{\"content\":\"" + text + "\"}", "stop")).text())
        .hasSize(10 << 20);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endlessWhiteSpaceAndEndlessBodiesAreFailures(boolean streamed) {
    for (String pattern : List.of("\n         \n", "\r", "{", "[", "x", "data: ")) {
      InputStream body = RepeatedBody.of(pattern, Long.MAX_VALUE);
      Answer answer = Answer.of(ResponseBody.open(null, streamed, body, _ -> {}));
      assertThat(answer.failed().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    }
    InputStream body =
        RepeatedBody.of("{\"choices\":[{\"message\":{\"content\":\"", "x", Long.MAX_VALUE, "");
    Answer answer = Answer.of(ResponseBody.open(null, streamed, body, _ -> {}));
    assertThat(answer.failed()).hasMessageContaining("64 MiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"index\":0,\"logprobs\":{\"content\":[%s]}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"annotations\":[%s]}}]}",
        "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"%s\"}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_details\":[{\"data\":\"%s\",\"type\":\"encrypted\"}]}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"arguments\":\"%s\"}}]}}]}"
      })
  void whatMustBeKeptToTheEndIsLimited(String chunk) {
    String value = chunk.contains("[%s]") ? "\"" + "x".repeat(5000) + "\"" : "x".repeat(5000);
    InputStream body = RepeatedBody.of("data: " + chunk.formatted(value) + "\n\n", Long.MAX_VALUE);
    StreamDecoder decoder = new StreamDecoder(body);
    assertThatThrownBy(() -> drain(decoder))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("details");
  }

  @Test
  void aLongAnswerWithNothingToKeepIsNotLimited() {
    // 40 MB, more than may be kept, as a long answer with reasoning and fingerprints on each chunk
    // would be.
    String chunk =
        "data:"
            + " {\"id\":\"c\",\"model\":\"m\",\"system_fingerprint\":\"fp_0123456789\",\"provider\":\"P\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"content\":\"word\",\"reasoning\":\"r\",\"reasoning_details\":"
            + "[{\"type\":\"reasoning.text\",\"text\":\"r\",\"index\":0}],\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\""
            + " \"}}]}}]}\n\n";
    int chunks = 100_000;
    InputStream body = RepeatedBody.of("", chunk, chunks, Chunks.DONE);
    long events = drain(new StreamDecoder(body));
    assertThat(events).isGreaterThan(3L * chunks);
  }

  @Test
  void manyCallsAndManyNamesAreNoTrouble() {
    StringBuilder calls = new StringBuilder("[");
    StringBuilder other = new StringBuilder("{");
    for (int i = 0; i < 20_000; i++) {
      calls
          .append(i == 0 ? "" : ",")
          .append("{\"index\":")
          .append(i)
          .append(",\"id\":\"i")
          .append(i)
          .append("\",\"function\":{\"name\":\"f\"}}");
      other.append(i == 0 ? "" : ",").append("\"n").append(i).append("\":1");
    }
    String list = calls.append(']').toString();
    assertThat(Chunks.answer(delta("{\"tool_calls\":" + list + "}")).calls()).hasSize(20_000);
    assertThat(Chunks.answer(delta(other.append('}').toString())).extensions()).hasSize(20_002 - 1);
    String choice = "{\"choices\":[{\"index\":1,\"delta\":{\"tool_calls\":%s}}]}".formatted(list);
    assertThat(Chunks.answer(delta("{}"), choice, choice).extensions()).containsKey("choices");
  }

  private static long drain(EventSource source) {
    long count = 0;
    StreamEvent event = source.next();
    while (!(event instanceof Finished)) {
      count++;
      event = source.next();
    }
    return count;
  }
}
