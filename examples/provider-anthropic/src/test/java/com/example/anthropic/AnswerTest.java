package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes of Anthropic's streams.
class AnswerTest {
  private final ProviderUnderTest provider = new ProviderUnderTest();

  @AfterEach
  void close() {
    provider.close();
  }

  private Completion answer(List<String> events) {
    provider.upstream.enqueue(Sse.complete(events));
    return provider.complete(Requests.HELLO);
  }

  @Test
  void textUsageAndReasonComeThrough() {
    Completion answer = answer(Sse.HELLO);

    assertThat(answer.model()).isEqualTo("claude-sonnet-5");
    assertThat(answer.text()).isEqualTo("Hello, wörld \uD83C\uDF0D!");
    assertThat(answer.stopReason()).isEqualTo(StopReason.END_TURN);
    assertThat(answer.usage().inputTokens()).as("cached or not").hasValue(115);
    assertThat(answer.usage().cacheReadInputTokens()).hasValue(100);
    assertThat(answer.usage().cacheWriteInputTokens()).hasValue(5);
    assertThat(answer.usage().outputTokens()).hasValue(42);
    assertThat(answer.usage().reasoningTokens()).hasValue(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void theCutsOfTheNetworkChangeNothing(int size) {
    List<String> events = mixedAnswer();
    Completion whole = answer(events);
    provider.upstream.enqueue(
        Script.of(
            Step.Respond.chunked(200, "text/event-stream"),
            new Step.SendInPieces(Sse.wire(events), size),
            new Step.EndChunks()));

    assertThat(provider.complete(Requests.HELLO)).isEqualTo(whole);
  }

  private static List<String> mixedAnswer() {
    return Sse.answer(
        "tool_use",
        Sse.block(
            0,
            "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
            "{\"type\":\"thinking_delta\",\"thinking\":\"Hm \"}",
            "{\"type\":\"thinking_delta\",\"thinking\":\"…\"}",
            "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"),
        Sse.block(1, "{\"type\":\"redacted_thinking\",\"data\":\"ZW5j\"}"),
        Sse.block(2, "{\"type\":\"text\",\"text\":\"\"}", Sse.text("Let me see.")),
        Sse.call(3, "toolu_1", "get_weather", "", "{\"city\":", " \"Köln\"}"),
        Sse.call(4, "toolu_2", "now"));
  }

  @Test
  void toolsAndReasoningComeInOrder() {
    provider.upstream.enqueue(Sse.complete(mixedAnswer()));
    List<StreamEvent> events = new ArrayList<>();
    try (EventStream stream = provider.stream(Requests.HELLO)) {
      do {
        events.add(stream.next());
      } while (!(events.getLast() instanceof StreamEvent.Finished));
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }

    assertThat(events.subList(0, events.size() - 1))
        .containsExactly(
            new StreamEvent.Started("claude-sonnet-5"),
            new StreamEvent.ReasoningDelta("Hm "),
            new StreamEvent.ReasoningDelta("…"),
            reasoning("{\"type\":\"thinking\",\"thinking\":\"Hm …\",\"signature\":\"c2ln\"}"),
            reasoning("{\"type\":\"redacted_thinking\",\"data\":\"ZW5j\"}"),
            new StreamEvent.TextDelta("Let me see."),
            new StreamEvent.ToolCallStarted(0, "toolu_1", "get_weather"),
            new StreamEvent.ToolCallDelta(0, "{\"city\":"),
            new StreamEvent.ToolCallDelta(0, " \"Köln\"}"),
            new StreamEvent.ToolCallEnded(0),
            new StreamEvent.ToolCallStarted(1, "toolu_2", "now"),
            new StreamEvent.ToolCallEnded(1));
  }

  private static StreamEvent reasoning(String json) {
    return new StreamEvent.ReasoningBlock(new JsonText(json));
  }

  @Test
  void argumentsThatComeWholeAreNotLost() {
    Completion answer =
        answer(
            Sse.answer(
                "tool_use",
                Sse.block(
                    0,
                    "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{\"a\":1.50}}")));

    assertThat(answer.toolCalls().getFirst().arguments()).isEqualTo("{\"a\":1.50}");
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn,END_TURN",
    "pause_turn,END_TURN",
    "max_tokens,MAX_TOKENS",
    "model_context_window_exceeded,MAX_TOKENS",
    "stop_sequence,STOP_SEQUENCE",
    "tool_use,TOOL_USE",
    "refusal,REFUSAL",
    "something_new,END_TURN"
  })
  void reasonsToStopAreTheGatewaysAndAnthropicsOwn(String word, StopReason reason) {
    Completion answer = answer(Sse.answer(word));

    assertThat(answer.stopReason()).isEqualTo(reason);
    assertThat(answer.upstreamStopReason()).isEqualTo(word);
  }

  @Test
  void citationsAndPartsNobodyKnowsYetAreKept() {
    Completion answer =
        answer(
            Sse.answer(
                "end_turn",
                Sse.block(
                    0,
                    "{\"type\":\"text\",\"text\":\"\"}",
                    "{\"type\":\"citations_delta\",\"citation\":{\"cited_text\":\"x\"}}",
                    Sse.text("y"),
                    "{\"type\":\"glow_delta\",\"glow\":1}"),
                Sse.block(1, "{\"type\":\"hologram\",\"data\":\"h\"}")));

    assertThat(answer.text()).isEqualTo("y");
    assertThat(answer.extensions().toString())
        .contains("citations", "[{\"cited_text\":\"x\"}]")
        .contains("unknown_parts", "glow_delta", "hologram");
  }

  @Test
  void whatIsKnownAtTheEndIsKept() {
    List<String> events = new ArrayList<>(List.of(Sse.START));
    events.add(
        """
        {"type":"message_delta","delta":{"stop_reason":"stop_sequence","stop_sequence":"END"},\
        "usage":{"input_tokens":null,"output_tokens":3}}\
        """);
    events.add(Sse.STOP);
    Completion answer = answer(events);

    assertThat(answer.extensions())
        .singleElement()
        .satisfies(
            extension -> {
              assertThat(extension.name()).isEqualTo("stop_sequence");
              assertThat(extension.value().text()).isEqualTo("\"END\"");
            });
    assertThat(answer.usage().inputTokens()).as("null replaces nothing").hasValue(115);
    assertThat(answer.usage().outputTokens()).hasValue(3);
  }

  @Test
  void headersOfTheAnswerAreHandedOn() {
    provider.upstream.enqueue(
        Sse.complete(Sse.HELLO).withHeader("anthropic-ratelimit-requests-remaining", "9"));
    provider.complete(Requests.HELLO);

    assertThat(provider.call.answerHeaders)
        .containsEntry("anthropic-ratelimit-requests-remaining", "9");
  }

  @Test
  void aConnectionServesTheNextCallToo() {
    for (int i = 0; i < 20; i++) {
      answer(Sse.HELLO);
    }

    assertThat(provider.upstream.connectionsAccepted()).isOne();
  }

  @Test
  void anUpstreamThatNeverEndsACompleteAnswerIsNotWaitedFor() {
    provider.upstream.enqueue(Sse.unfinished(Sse.HELLO).then(new Step.Stall()));

    assertThat(provider.complete(Requests.HELLO).stopReason()).isEqualTo(StopReason.END_TURN);
    provider.sent().awaitPeerClosed(ProviderUnderTest.LIMIT);
  }
}
