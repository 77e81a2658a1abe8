package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.DONE;
import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.delta;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.stream;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent.DialectField;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// How streamed answers begin and go on.
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
    assertThat(decoder.next()).isInstanceOf(DialectField.class);
    assertThat(decoder.next()).isEqualTo(new TextDelta("a"));
    assertThat(decoder.next()).isEqualTo(new TextDelta("b"));
  }

  @Test
  void openingABodyReadsNothing() {
    CutBody broken = CutBody.broken(new byte[0], new IOException("read"));
    EventSource source = ResponseBody.open("text/event-stream", true, broken, _ -> {});
    assertThatThrownBy(source::next)
        .isInstanceOf(BackendException.class)
        .hasRootCauseMessage("read");
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
}
