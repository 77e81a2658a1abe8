package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.delta;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent.DialectField;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What callers of the same dialect get beside the gateway's own vocabulary: what the upstream
/// wrote, where it wrote it.
class DialectFieldsTest {
  private static List<DialectField> at(Answer answer, AnswerPlace place, String name) {
    return answer.dialectFields().stream()
        .filter(field -> field.place().equals(place) && field.name().equals(name))
        .toList();
  }

  private static DialectField field(AnswerPlace place, String name, String json) {
    return new DialectField(place, name, new JsonText(json));
  }

  @Test
  void piecesComeAsTheUpstreamWroteThem() {
    Answer answer =
        answer(
            delta("{\"reasoning_details\":[{\"index\":0,\"text\":\"a\"}]}"),
            delta("{\"reasoning_details\":[{\"index\":0,\"text\":\"b\"}]}"),
            finish("stop"));
    assertThat(at(answer, AnswerPlace.MESSAGE, "reasoning_details"))
        .containsExactly(
            field(AnswerPlace.MESSAGE, "reasoning_details", "[{\"index\":0,\"text\":\"a\"}]"),
            field(AnswerPlace.MESSAGE, "reasoning_details", "[{\"index\":0,\"text\":\"b\"}]"));
    assertThat(answer.reasoningBlocks()).hasSize(1);
  }

  @Test
  void fillersAreToldToo() {
    Answer answer =
        Answer.ofJson(
            "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\",\"annotations\":[]},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,"
                + "\"completion_tokens_details\":{\"audio_tokens\":0}}}");
    assertThat(at(answer, AnswerPlace.MESSAGE, "annotations"))
        .containsExactly(field(AnswerPlace.MESSAGE, "annotations", "[]"));
    assertThat(at(answer, AnswerPlace.ANSWER, "usage"))
        .containsExactly(
            field(
                AnswerPlace.ANSWER,
                "usage",
                "{\"prompt_tokens\":1,\"completion_tokens\":2,"
                    + "\"completion_tokens_details\":{\"audio_tokens\":0}}"));
    assertThat(answer.extensions()).isEmpty();
  }

  @Test
  void whatIsTheSameInEachChunkIsToldOnce() {
    String chunk =
        "{\"model\":\"m\",\"provider\":\"p\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}";
    Answer answer = answer(chunk, chunk, finish("stop"));
    assertThat(at(answer, AnswerPlace.ANSWER, "provider")).hasSize(1);
  }

  @Test
  void theTypeAndTheFieldsOfACallComeBeforeTheCall() {
    String call =
        "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":[{\"id\":\"A\","
            + "\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"input\":\"x\"},\"extra_content\":{\"s\":1}}]},"
            + "\"finish_reason\":\"tool_calls\"}]}";
    Answer answer = Answer.ofJson(call);
    assertThat(at(answer, AnswerPlace.toolCall(0), "type"))
        .containsExactly(field(AnswerPlace.toolCall(0), "type", "\"custom\""));
    assertThat(at(answer, AnswerPlace.toolCall(0), "extra_content"))
        .containsExactly(field(AnswerPlace.toolCall(0), "extra_content", "{\"s\":1}"));
  }

  @Test
  void piecesOfOtherChoicesComeAsTheyAre() {
    String piece = "{\"index\":%d,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}";
    Answer answer =
        answer(
            "{\"model\":\"m\",\"choices\":[" + piece.formatted(1, "x") + "]}",
            "{\"model\":\"m\",\"choices\":[" + piece.formatted(0, "a") + "]}",
            "{\"model\":\"m\",\"choices\":[" + piece.formatted(1, "y") + "]}",
            finish("stop"));
    assertThat(answer.text()).isEqualTo("a");
    assertThat(at(answer, AnswerPlace.otherChoice(1), "choice"))
        .extracting(field -> field.value().text())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"delta\":{\"content\":\"x\"}", "\"index\":1"),
            second -> assertThat(second).contains("\"delta\":{\"content\":\"y\"}"));
  }

  @Test
  void aChoiceThatTurnsOutToBeTheAnswerIsNotToldTwice() {
    Answer answer =
        answer(
            "{\"model\":\"m\",\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"},"
                + "\"finish_reason\":\"stop\"}]}");
    assertThat(answer.text()).isEqualTo("x");
    assertThat(answer.dialectFields()).extracting(DialectField::name).doesNotContain("choice");
  }

  @Test
  void whatIsAboutTheAnswerComesBeforeWhatItsChunkSays() {
    Answer answer =
        answer(
            "{\"model\":\"m\",\"choices\":[],\"id\":\"\",\"created\":0,\"shields\":[1]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\",\"role\":\"assistant\"},\"seed\":7}],"
                + "\"created\":5,\"id\":\"i\",\"model\":\"m\",\"system_fingerprint\":\"f\"}",
            finish("stop"));
    assertThat(answer.dialectFields())
        .containsExactly(
            field(AnswerPlace.ANSWER, "shields", "[1]"),
            field(AnswerPlace.ANSWER, "created", "5"),
            field(AnswerPlace.ANSWER, "id", "\"i\""),
            field(AnswerPlace.ANSWER, "system_fingerprint", "\"f\""),
            field(AnswerPlace.CHOICE, "seed", "7"));
  }

  @Test
  void aFillerDoesNotReplaceWhatWasSaid() {
    String chunk =
        "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"filter\":%s}]}";
    Answer answer =
        answer(chunk.formatted("{\"hate\":false}"), chunk.formatted("{}"), finish("stop"));
    assertThat(at(answer, AnswerPlace.CHOICE, "filter"))
        .containsExactly(field(AnswerPlace.CHOICE, "filter", "{\"hate\":false}"));
    assertThat(answer.extensions()).containsEntry("filter", "{\"hate\":false}");
  }

  @Test
  void anotherChoiceOfAWholeAnswerIsToldAsAPieceOfAStream() {
    Answer answer =
        Answer.ofJson(
            "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"},"
                + "{\"message\":{\"content\":\"b\",\"tool_calls\":[{\"id\":\"c\"}]},\"finish_reason\":\"stop\"}]}");
    assertThat(at(answer, AnswerPlace.otherChoice(1), "choice"))
        .containsExactly(
            field(
                AnswerPlace.otherChoice(1),
                "choice",
                "{\"finish_reason\":\"stop\",\"index\":1,\"delta\":{\"content\":\"b\","
                    + "\"tool_calls\":[{\"id\":\"c\",\"index\":0}]}}"));
  }
}
