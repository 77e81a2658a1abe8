package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.stream;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What ends a streamed answer well, and what does not.
class StreamEndTest {

  @ParameterizedTest
  @CsvSource({
    "stop, END_TURN",
    "eos, END_TURN",
    "end_turn, END_TURN",
    "whatever, END_TURN",
    "length, MAX_TOKENS",
    "max_tokens, MAX_TOKENS",
    "tool_calls, TOOL_USE",
    "function_call, TOOL_USE",
    "content_filter, CONTENT_FILTER",
    "stop_sequence, STOP_SEQUENCE"
  })
  void finishReasonsBecomeTheGatewaysWords(String word, StopReason reason) {
    Answer answer = answer(text("a"), finish(word));
    assertThat(answer.finished().stopReason()).isEqualTo(reason);
    assertThat(answer.finished().upstreamStopReason()).isEqualTo(word);
  }

  @Test
  void aStopSequenceThatVllmNamesIsOne() {
    String matched =
        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"stop_reason\":%s}]}";
    assertThat(answer(text("a"), matched.formatted("\"###\"")).finished().stopReason())
        .isEqualTo(StopReason.STOP_SEQUENCE);
    assertThat(answer(text("a"), matched.formatted("151645")).finished().stopReason())
        .isEqualTo(StopReason.END_TURN);
    assertThat(answer(text("a"), matched.formatted("\"end_turn\"")).finished().stopReason())
        .isEqualTo(StopReason.END_TURN);
  }

  @Test
  void finishReasonsThatAreFailuresFail() {
    assertThat(answer(text("a"), finish("error")).failed().kind())
        .isEqualTo(ErrorKind.UPSTREAM_FAILURE);
    assertThat(answer(text("a"), finish("insufficient_system_resource")).failed().kind())
        .isEqualTo(ErrorKind.OVERLOADED);
  }

  @Test
  void aBodyThatEndsWithoutAFinishIsCut() {
    Answer answer = Answer.ofStream(stream(text("abc")));
    assertThat(answer.text()).isEqualTo("abc");
    assertThat(answer.failed().kind()).isEqualTo(ErrorKind.CUT);
    assertThat(answer.failed()).hasMessageContaining("3 characters");
  }

  @Test
  void aLastEventWithoutItsBlankLineCountsIfItIsWhole() {
    assertThat(Answer.ofStream(stream(text("a")) + "data: [DONE]").finished()).isNotNull();
    assertThat(Answer.ofStream(stream(text("a")) + "data: " + finish("stop")).finished())
        .isNotNull();
    assertThat(Answer.ofStream(stream(text("a")) + "data: [DON").failed().kind())
        .isEqualTo(ErrorKind.CUT);
    Answer cut = Answer.ofStream(stream(text("a")) + "data: " + finish("stop").replace("}]}", ""));
    assertThat(cut.failed().kind()).isEqualTo(ErrorKind.CUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data: {\"usa", "data: {broken\n\n", ": comment"})
  void nothingAfterAFinishReasonUndoesIt(String rest) {
    Answer ended = Answer.ofStream(stream(text("a"), finish("stop")) + rest);
    assertThat(ended.finished().upstreamStopReason()).isEqualTo("stop");

    byte[] body = (stream(text("a"), finish("stop")) + rest).getBytes(StandardCharsets.UTF_8);
    for (IOException end : List.of(new IOException("reset"), new SocketTimeoutException("slow"))) {
      Answer broken = Answer.of(new StreamDecoder(CutBody.broken(body, end)));
      assertThat(broken.finished().upstreamStopReason()).isEqualTo("stop");
    }
  }

  @Test
  void aConnectionThatBreaksOrStallsBeforeTheFinishIsAFailure() {
    byte[] body = stream(text("abc")).getBytes(StandardCharsets.UTF_8);
    Answer broken = Answer.of(new StreamDecoder(CutBody.broken(body, new IOException("reset"))));
    assertThat(broken.text()).isEqualTo("abc");
    assertThat(broken.failed().kind()).isEqualTo(ErrorKind.CUT);
    assertThat(broken.failed())
        .hasMessageContaining("3 characters")
        .hasMessageNotContaining("reset");
    Answer stalled =
        Answer.of(new StreamDecoder(CutBody.broken(body, new SocketTimeoutException("slow"))));
    assertThat(stalled.failed().kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void aFailureIsThrownAgainIfAskedAgain() {
    StreamDecoder decoder = new StreamDecoder(Answer.stream(stream(text("a"))));
    List<BackendException> failures = new ArrayList<>();
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      try {
        events.add(decoder.next());
      } catch (BackendException failure) {
        failures.add(failure);
      }
    }
    assertThat(events).hasSize(3);
    assertThat(failures).hasSize(2);
  }
}
