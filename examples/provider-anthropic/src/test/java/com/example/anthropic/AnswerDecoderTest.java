package com.example.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.CompletionAssembler;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever an upstream sends, what comes of it keeps the gateway's grammar or is a failure that
/// says so.
class AnswerDecoderTest {
  private static final List<String> EVENTS = events();

  private static List<String> events() {
    return Sse.answer(
        "tool_use",
        Sse.block(0, "{\"type\":\"text\",\"text\":\"\"}", Sse.text("Hello")),
        Sse.call(1, "t", "n", "{\"a\":", "1}"),
        Sse.block(
            2,
            "{\"type\":\"thinking\",\"thinking\":\"\"}",
            "{\"type\":\"thinking_delta\",\"thinking\":\"h\"}"),
        Sse.block(3, "{\"type\":\"hologram\"}", "{\"type\":\"glow_delta\"}"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shuffledAndDamagedAnswersNeverBreakTheGrammar(long seed) {
    Random random = new Random(seed);
    int finished = 0;
    for (int round = 0; round < 1000; round++) {
      List<StreamEvent> out = new ArrayList<>();
      AnswerDecoder decoder =
          new AnswerDecoder(new UpstreamErrors(new Redaction(List.of())), out::add);
      try {
        for (String event : answer(random)) {
          decoder.decode(event);
          if (isFinished(out)) {
            break;
          }
        }
      } catch (BackendException told) {
        assertThat(told.message()).isNotEmpty();
      }
      assertThat(keepsTheGrammar(out)).as("seed %d, round %d: %s", seed, round, out).isTrue();
      finished += isFinished(out) ? 1 : 0;
    }
    assertThat(finished).as("some answers are whole").isPositive();
  }

  private static List<String> answer(Random random) {
    List<String> events = new ArrayList<>(EVENTS);
    switch (random.nextInt(4)) {
      case 0 -> Collections.shuffle(events, random);
      case 1 -> events.remove(random.nextInt(events.size()));
      case 2 ->
          events.add(random.nextInt(events.size()), events.get(random.nextInt(events.size())));
      default -> damage(events, random);
    }
    return events;
  }

  private static void damage(List<String> events, Random random) {
    int victim = random.nextInt(events.size());
    String event = events.get(victim);
    int from = random.nextInt(event.length());
    int to = from + random.nextInt(event.length() - from);
    events.set(victim, event.substring(0, from) + event.substring(to));
  }

  /// The assembler refuses parts of calls that have not begun.
  private static boolean keepsTheGrammar(List<StreamEvent> events) {
    CompletionAssembler assembler = new CompletionAssembler();
    events.forEach(assembler::add);
    long starts = events.stream().filter(StreamEvent.Started.class::isInstance).count();
    boolean first = events.isEmpty() || events.getFirst() instanceof StreamEvent.Started;
    return first && starts <= 1 && callsEnd(events);
  }

  private static boolean callsEnd(List<StreamEvent> events) {
    long begun = events.stream().filter(StreamEvent.ToolCallStarted.class::isInstance).count();
    long ended = events.stream().filter(StreamEvent.ToolCallEnded.class::isInstance).count();
    return isFinished(events) ? begun == ended : begun >= ended;
  }

  private static boolean isFinished(List<StreamEvent> events) {
    return !events.isEmpty() && events.getLast() instanceof StreamEvent.Finished;
  }
}
