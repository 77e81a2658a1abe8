package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.DONE;
import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.delta;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.stream;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How streamed answers begin, go on, end and fail.
class StreamDecoderTest {
  private static final String USAGE =
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}";

  @Test
  void piecesComeInOrderAndTheUsageBehindTheFinishCounts() {
    Answer answer =
        answer(
            delta("{\"role\":\"assistant\",\"content\":\"\"}"),
            text("Hel"),
            text("lo"),
            finish("stop"),
            USAGE);
    assertThat(answer.events())
        .startsWith(new Started("m1"), new TextDelta("Hel"), new TextDelta("lo"));
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.END_TURN);
    assertThat(answer.finished().upstreamStopReason()).isEqualTo("stop");
    assertThat(answer.finished().usage()).isEqualTo(Usage.of(3, 2));
  }

  @Test
  void eachEventIsThereBeforeTheNextIsRead() {
    byte[] body = stream(text("a"), text("b")).getBytes(StandardCharsets.UTF_8);
    StreamDecoder decoder = new StreamDecoder(CutBody.broken(body, new IOException("gone")));
    assertThat(decoder.next()).isEqualTo(new Started("m1"));
    assertThat(decoder.next()).isEqualTo(new TextDelta("a"));
    assertThat(decoder.next()).isEqualTo(new TextDelta("b"));
  }

  @Test
  void theFirstModelThatIsNotEmptyCounts() {
    Answer answer =
        answer(
            "{\"id\":\"\",\"model\":\"\",\"created\":0,\"choices\":[],\"prompt_filter_results\":[{\"a\":1}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}],\"model\":\"late\"}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"y\"}}],\"model\":\"other\"}",
            finish("stop"));
    assertThat(answer.model()).isEqualTo("late");
    assertThat(answer.text()).isEqualTo("xy");
    assertThat(answer.extensions()).containsEntry("prompt_filter_results", "[{\"a\":1}]");
  }

  @Test
  void dataWithoutASpaceAndEventNamesAndUnicodeLineSeparatorsAreNoTrouble() {
    Answer answer =
        Answer.ofStream(
            "event: chunk\ndata:" + text("a\u2028\u2029\u0085b") + "\r\n\r\ndata:[DONE]\r\n\r\n");
    assertThat(answer.text()).isEqualTo("a\u2028\u2029\u0085b");
    assertThat(answer.finished().upstreamStopReason()).isEmpty();
  }

  @Test
  void nullsInPlaceOfMembersSayNothing() {
    Answer answer =
        answer(
            "{\"choices\":null,\"usage\":null,\"model\":null,\"id\":null,\"error\":null}",
            "{\"choices\":[{\"index\":0,\"delta\":null,\"finish_reason\":null,\"logprobs\":null}]}",
            delta(
                "{\"role\":null,\"content\":null,\"tool_calls\":null,\"reasoning\":null,"
                    + "\"refusal\":null,\"function_call\":null,\"audio\":null}"),
            "{\"choices\":[null,7]}",
            "{\"choices\":[{\"content_filter_results\":{},\"index\":0}]}",
            "{}",
            text("x"),
            finish("stop"));
    assertThat(answer.text()).isEqualTo("x");
    assertThat(answer.model()).isEqualTo("m1");
    assertThat(answer.extensions()).containsOnlyKeys("id");
    assertThat(answer.finished().usage()).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void emptyEventsAndTwoObjectsInOneEventAreRead() {
    Answer answer =
        Answer.ofStream(
            "data:\n\ndata:  \n\ndata: " + text("a") + "\ndata: " + text("b") + "\n\n" + DONE);
    assertThat(answer.text()).isEqualTo("ab");
  }

  @Test
  void repeatedTextBesideTheDeltaIsNotReadTwice() {
    Answer answer =
        answer(
            "{\"choices\":[{\"index\":0,\"text\":\"a\",\"delta\":{\"content\":\"a\"},\"message\":{\"content\":\"a\"}}]}",
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ab\"},\"delta\":{\"content\":\"b\"}}]}",
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ab\"},\"finish_reason\":\"stop\"}]}");
    assertThat(answer.text()).isEqualTo("ab");
  }

  @Test
  void aWholeAnswerInsideAnEventIsAnAnswer() {
    Answer answer =
        answer(
            "{\"choices\":[{\"message\":{\"content\":\"all\"},\"finish_reason\":\"stop\",\"index\":0}]}");
    assertThat(answer.text()).isEqualTo("all");
  }

  @Test
  void textAfterTheFinishReasonAndAChunkAfterTheUsageStillCount() {
    Answer answer =
        answer(
            text("a"),
            finish("tool_calls"),
            USAGE,
            text("b"),
            finish("stop"),
            "{\"choices\":[],\"moderation\":{\"ok\":1}}");
    assertThat(answer.text()).isEqualTo("ab");
    assertThat(answer.finished().stopReason()).isEqualTo(StopReason.TOOL_USE);
    assertThat(answer.finished().upstreamStopReason()).isEqualTo("tool_calls");
    assertThat(answer.finished().usage()).isEqualTo(Usage.of(3, 2));
    assertThat(answer.extensions()).containsEntry("moderation", "{\"ok\":1}");
  }

  @Test
  void whatComesAfterDoneIsNotRead() {
    Answer answer = Answer.ofStream(stream(text("a"), finish("stop")) + DONE + stream(text("b")));
    assertThat(answer.text()).isEqualTo("a");
  }

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
    for (int i = 0; i < 4; i++) {
      try {
        events.add(decoder.next());
      } catch (BackendException failure) {
        failures.add(failure);
      }
    }
    assertThat(events).hasSize(2);
    assertThat(failures).hasSize(2);
  }
}
