package io.agenticprimitives.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class ScriptTest {
  private static final Step CHUNKED = Step.Respond.chunked(200, "text/plain");
  private static final Step FIVE_BYTES = Step.Respond.contentLength(200, "text/plain", 5);

  static final List<Arguments> SENSELESS =
      List.of(
          Arguments.of(List.of(), "A script needs a step"),
          Arguments.of(List.of(new Step.Send("x")), "needs a Respond before it"),
          Arguments.of(List.of(CHUNKED, CHUNKED), "has a head already"),
          Arguments.of(List.of(new Step.EndChunks()), "no open chunked body"),
          Arguments.of(List.of(FIVE_BYTES, new Step.EndChunks()), "no open chunked body"),
          Arguments.of(
              List.of(CHUNKED, new Step.EndChunks(), new Step.EndChunks()), "no open chunked body"),
          Arguments.of(
              List.of(CHUNKED, new Step.EndChunks(), new Step.Send("x")), "Script.sseUnfinished"),
          Arguments.of(List.of(FIVE_BYTES, new Step.Send("123456")), "more than the announced 5"),
          Arguments.of(
              List.of(FIVE_BYTES, new Step.Repeat("12", 3)), "more than the announced 5 bytes"),
          Arguments.of(
              List.of(FIVE_BYTES, new Step.Repeat("12", Step.Repeat.ENDLESS)), "more than the"),
          Arguments.of(
              List.of(FIVE_BYTES, new Step.Send("123"), new Step.SendInPieces("456", 1)),
              "Step 3, SendInPieces"),
          Arguments.of(
              List.of(Step.Respond.noBody(204), new Step.Send("x")), "this response has no body"),
          Arguments.of(List.of(new Step.Close(), CHUNKED), "nothing can follow"),
          Arguments.of(List.of(new Step.Reset(), new Step.Close()), "nothing can follow"),
          Arguments.of(List.of(new Step.Stall(), new Step.Close()), "nothing can follow"));

  @ParameterizedTest
  @FieldSource("SENSELESS")
  void stepsThatMakeNoSenseTogetherAreRefusedWithTheReason(List<Step> steps, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Script(steps))
        .withMessageContaining(reason);
  }

  @Test
  void sabotageIsPossibleWithRawBytesWhereRulesForbidIt() {
    Script excess = Script.json(200, "{}").then(new Step.SendRaw("more than announced"));
    Script afterTheEnd = Script.sse("x").then(new Step.SendRaw("garbage"), new Step.Reset());

    assertThat(excess.steps()).hasSize(3);
    assertThat(afterTheEnd.steps()).hasSize(5);
  }

  @Test
  void factoriesAreOnlyShorthandForSteps() {
    assertThat(Script.json(400, "{}"))
        .isEqualTo(
            Script.of(Step.Respond.contentLength(400, "application/json", 2), new Step.Send("{}")));
    assertThat(Script.bytes(200, "audio/mpeg", new byte[0]))
        .isEqualTo(Script.of(Step.Respond.contentLength(200, "audio/mpeg", 0)));
    assertThat(Script.sse("{\"a\":1}", "[DONE]"))
        .isEqualTo(
            Script.of(
                Step.Respond.chunked(200, "text/event-stream"),
                new Step.Send("data: {\"a\":1}\n\n"),
                new Step.Send("data: [DONE]\n\n"),
                new Step.EndChunks()));
    assertThat(Script.sseInPieces(3, "a", "b"))
        .isEqualTo(
            Script.of(
                Step.Respond.chunked(200, "text/event-stream"),
                new Step.SendInPieces("data: a\n\ndata: b\n\n", 3),
                new Step.EndChunks()));
  }

  @Test
  void aDataLineWithALineBreakIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Script.sse("one\ntwo"))
        .withMessageContaining("Step.Send");
  }

  @Test
  void aHeaderIsAddedToTheHeadAndTheOriginalStaysAsItWas() {
    Script plain = Script.json(200, "{}");
    Script tagged = plain.withHeader("X-Request-Id", "r1").withHeader("X-Request-Id", "r2");

    assertThat(head(tagged).headers())
        .containsExactly(
            new Header("Content-Type", "application/json"),
            new Header("X-Request-Id", "r1"),
            new Header("X-Request-Id", "r2"));
    assertThat(head(plain).headers()).hasSize(1);
  }

  @Test
  void aScriptWithoutHeadTakesNoHeader() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Script.of(new Step.Reset()).withHeader("X-A", "b"))
        .withMessageContaining("X-A");
  }

  @Test
  void headersThatWouldBreakTheHeadOrTheFramingAreRefused() {
    Script script = Script.json(200, "{}");

    assertThatIllegalArgumentException().isThrownBy(() -> script.withHeader("A", "b\r\nC: d"));
    assertThatIllegalArgumentException().isThrownBy(() -> script.withHeader("A B", "c"));
    assertThatIllegalArgumentException().isThrownBy(() -> script.withHeader("", "c"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> script.withHeader("content-length", "3"))
        .withMessageContaining("SendRaw");
  }

  @Test
  void stepsRefuseSizesAndCountsThatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Step.Send(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Step.SendRaw(new byte[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> new Step.SendInPieces("x", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Step.SendSizes("x", List.of(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Step.SendSizes("abc", List.of(2, 2)))
        .withMessageContaining("4 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> new Step.Repeat("x", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Step.Respond.noBody(100));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Step.Respond.contentLength(200, "text/plain", -1));
  }

  @Test
  void payloadIsAValueThatNobodyCanChange() {
    byte[] bytes = {1, 2, 3};
    Payload payload = Payload.of(bytes);
    bytes[0] = 9;
    payload.bytes()[1] = 9;

    assertThat(payload)
        .isEqualTo(Payload.of(new byte[] {1, 2, 3}))
        .hasSameHashCodeAs(Payload.of(new byte[] {1, 2, 3}));
    assertThat(payload.bytes()).containsExactly(1, 2, 3);
    assertThat(Payload.of("x".repeat(100)))
        .asString()
        .isEqualTo("100 bytes '" + "x".repeat(60) + "...'");
  }

  private static Step.Respond head(Script script) {
    return (Step.Respond) script.steps().getFirst();
  }
}
