package io.agenticprimitives.gateway.provider.openai;

import static io.agenticprimitives.gateway.provider.openai.Chunks.answer;
import static io.agenticprimitives.gateway.provider.openai.Chunks.delta;
import static io.agenticprimitives.gateway.provider.openai.Chunks.finish;
import static io.agenticprimitives.gateway.provider.openai.Chunks.text;
import static io.agenticprimitives.gateway.provider.openai.Chunks.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.StreamEvent.ReasoningDelta;
import io.agenticprimitives.gateway.api.llm.StreamEvent.Started;
import io.agenticprimitives.gateway.api.llm.StreamEvent.TextDelta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reasoning in its spellings, told once, and what of it must be sent back.
class ReasoningTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"reasoning_content\":\"why\"}",
        "{\"reasoning\":\"why\"}",
        "{\"reasoning_text\":\"why\",\"reasoning_opaque\":\"x\"}",
        "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"wh\"},{\"type\":\"reasoning.summary\",\"summary\":\"y\"}]}",
        "{\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"why\",\"signature\":\"s\"}]}",
        "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"why\"}]}]}",
        "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"why\"}]}",
        "{\"content\":[{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"why\"}]}]}",
        "{\"reasoning_content\":\"\",\"reasoning\":\"why\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"why\"}]}",
        "{\"reasoning\":\"why\",\"reasoning_content\":\"why\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"why\"}]}",
        "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"why\"}],\"reasoning\":null,\"content\":[{\"type\":\"thinking\",\"thinking\":\"why\"}]}"
      })
  void everySpellingIsToldOnce(String delta) {
    assertThat(answer(delta(delta), finish("stop")).reasoning()).isEqualTo("why");
    assertThat(Answer.ofJson(whole(delta, "stop")).reasoning()).isEqualTo("why");
  }

  @Test
  void reasoningComesBeforeTheTextOfItsChunkAndThinkTagsStay() {
    Answer answer =
        answer(
            delta("{\"content\":\"<think>t\",\"reasoning\":\"r\"}"),
            text("</think>"),
            finish("stop"));
    assertThat(answer.events())
        .startsWith(new Started("m1"), new ReasoningDelta("r"), new TextDelta("<think>t"));
    assertThat(answer.text()).isEqualTo("<think>t</think>");
  }

  @Test
  void piecesOfOneBlockAreAddedUpUntilItsSignature() {
    String piece =
        "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"format\":\"f\",\"index\":0,%s}]}";
    Answer answer =
        answer(
            delta(piece.formatted("\"text\":\"a\"")),
            delta(piece.formatted("\"text\":\"b\",\"id\":\"1\"")),
            delta(piece.formatted("\"signature\":\"s1\",\"text\":\"\"")),
            delta(piece.formatted("\"text\":\"c\"")),
            delta(piece.formatted("\"signature\":\"s2\"")),
            delta(
                "{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"index\":0,\"data\":\"d1\"}]}"),
            delta(
                "{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"index\":0,\"data\":\"d2\"}]}"),
            delta("{\"reasoning_details\":[]}"),
            finish("stop"));
    assertThat(answer.reasoning()).isEqualTo("abc");
    assertThat(answer.reasoningBlocks())
        .containsExactly(
            "{\"field\":\"reasoning_details\",\"value\":["
                + "{\"type\":\"reasoning.text\",\"format\":\"f\",\"index\":0,\"text\":\"ab\",\"id\":\"1\",\"signature\":\"s1\"},"
                + "{\"type\":\"reasoning.text\",\"format\":\"f\",\"index\":0,\"text\":\"c\",\"signature\":\"s2\"},"
                + "{\"type\":\"reasoning.encrypted\",\"index\":0,\"data\":\"d1\"},"
                + "{\"type\":\"reasoning.encrypted\",\"index\":0,\"data\":\"d2\"}]}");
  }

  @Test
  void aWholeAnswersBlocksStayExactlyAsTheyCame() {
    String details =
        "[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"a\",\"signature\":null,\"x\":1.50},"
            + "{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"b\"}]";
    Answer answer = Answer.ofJson(whole("{\"reasoning_details\":" + details + "}", "stop"));
    assertThat(answer.reasoningBlocks())
        .containsExactly("{\"field\":\"reasoning_details\",\"value\":" + details + "}");
  }

  @Test
  void mistralsThinkingIsAddedUpAsPartsOfTheContent() {
    String thinking =
        "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"%s\"}]}]}";
    Answer answer =
        answer(
            delta(thinking.formatted("a")),
            delta(thinking.formatted("b")),
            text("c"),
            finish("stop"));
    assertThat(answer.reasoning()).isEqualTo("ab");
    assertThat(answer.text()).isEqualTo("c");
    assertThat(answer.reasoningBlocks())
        .containsExactly(
            "{\"field\":\"content\",\"value\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"ab\"}]}]}");
  }

  @Test
  void redactedThinkingHasNoTextButIsKept() {
    Answer answer =
        answer(
            delta(
                "{\"content\":[{\"type\":\"redacted_thinking\",\"data\":\"d\"},{\"type\":\"text\",\"text\":\"t\"}]}"),
            finish("stop"));
    assertThat(answer.reasoning()).isEmpty();
    assertThat(answer.text()).isEqualTo("t");
    assertThat(answer.reasoningBlocks())
        .containsExactly(
            "{\"field\":\"content\",\"value\":[{\"type\":\"redacted_thinking\",\"data\":\"d\"}]}");
  }

  @Test
  void signaturesUnderAnyNameAreKept() {
    Answer answer =
        answer(
            delta(
                "{\"thought_signature\":\"a\",\"extra_content\":{\"g\":{\"thought_signature\":\"b\"}}}"),
            delta("{\"reasoning_opaque\":\"c\",\"reasoning_encrypted\":true}"),
            finish("stop"));
    assertThat(answer.reasoningBlocks())
        .containsExactly(
            "{\"field\":\"thought_signature\",\"value\":\"a\"}",
            "{\"field\":\"extra_content\",\"value\":{\"g\":{\"thought_signature\":\"b\"}}}",
            "{\"field\":\"reasoning_opaque\",\"value\":\"c\"}");
    assertThat(answer.extensions()).containsEntry("reasoning_encrypted", "true");
  }

  @Test
  void reasoningThatIsNoTextIsNotLost() {
    Answer answer = Answer.ofJson(whole("{\"reasoning\":{\"effort\":\"low\"}}", "stop"));
    assertThat(answer.reasoning()).isEmpty();
    assertThat(answer.extensions()).containsEntry("reasoning", "{\"effort\":\"low\"}");
  }
}
