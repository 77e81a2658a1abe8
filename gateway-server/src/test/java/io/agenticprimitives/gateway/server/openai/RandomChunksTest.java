package io.agenticprimitives.gateway.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whatever the upstream's order, a caller whose SDK adds the chunks up learns the same as one who
/// reads the whole answer.
class RandomChunksTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Pattern SEPARATOR = Pattern.compile("\n\n");
  private static final String DONE = "data: [DONE]\n\n";
  private static final List<StopReason> REASONS = List.copyOf(EnumSet.allOf(StopReason.class));
  private static final List<String> PIECES =
      List.of("{", "}", "\"a\":1", " ", "null", "n", "ull", "\\", "\"", "[1,2]", "\u2028", "");

  @Test
  void aStreamAddsUpToTheWholeAnswer() throws IOException {
    Random random = new Random(20261124);
    for (int i = 0; i < 3_000; i++) {
      List<StreamEvent> events = randomEvents(random);
      boolean functions = random.nextInt(4) == 0 && calls(events) < 2;
      JsonNode whole = whole(events, functions);
      JsonNode streamed = SdkAccumulator.of(chunks(events, functions)).answer();
      assertThat(said(streamed)).as(events::toString).isEqualTo(said(whole));
    }
  }

  /// Leaves out what a whole answer has as null or as empty text and a stream need not say.
  private static JsonNode said(JsonNode answer) {
    ObjectNode copy = answer.deepCopy();
    ObjectNode message = (ObjectNode) copy.path("choices").path(0).path("message");
    message.properties().removeIf(field -> isSilent(field.getValue()));
    ((ObjectNode) copy.path("choices").path(0))
        .properties()
        .removeIf(field -> isSilent(field.getValue()));
    return copy;
  }

  private static boolean isSilent(JsonNode value) {
    return value.isNull() || (value.isTextual() && value.textValue().isEmpty());
  }

  private static long calls(List<StreamEvent> events) {
    return events.stream().filter(StreamEvent.ToolCallStarted.class::isInstance).count();
  }

  private static JsonNode whole(List<StreamEvent> events, boolean functions) throws IOException {
    JsonBuffer json = new JsonBuffer();
    Completion answer = Completion.of(EventStream.of(events));
    ChatCompletionWriter.write(answer, ChunksUnderTest.IDENTITY, functions, List.of(), json);
    return JACKSON.readTree(json.toString());
  }

  private static List<JsonNode> chunks(List<StreamEvent> events, boolean functions)
      throws IOException {
    JsonBuffer json = new JsonBuffer();
    ChatChunkWriter writer =
        new ChatChunkWriter(ChunksUnderTest.IDENTITY, functions, true, List::of, json);
    events.forEach(writer::write);
    List<JsonNode> parsed = new ArrayList<>();
    assertThat(json.toString()).endsWith(DONE);
    for (String event : SEPARATOR.split(json.toString().replace(DONE, ""), 0)) {
      assertThat(event).startsWith("data: {").matches("[ -~]*");
      parsed.add(JACKSON.readTree(event.substring("data: ".length())));
    }
    return parsed;
  }

  /// A stream that keeps the grammar: calls overlap and end in any order, and fields that are not
  /// understood come between everything else.
  private static List<StreamEvent> randomEvents(Random random) {
    List<StreamEvent> events = new ArrayList<>(List.of(new StreamEvent.Started("m")));
    List<Integer> open = new ArrayList<>();
    int calls = random.nextInt(4);
    int started = 0;
    while (started < calls || !open.isEmpty() || random.nextInt(6) > 0) {
      int choice = random.nextInt(6);
      if (choice == 1 && started < calls) {
        events.add(new StreamEvent.ToolCallStarted(started, "c" + started, "n" + started));
        open.add(started++);
      } else if (choice == 2 && !open.isEmpty()) {
        int ended = open.get(random.nextInt(open.size()));
        open.remove((Object) ended);
        events.add(new StreamEvent.ToolCallEnded(ended));
      } else if (choice == 3 && !open.isEmpty()) {
        int index = open.get(random.nextInt(open.size()));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        events.add(new StreamEvent.ToolCallDelta(index, piece));
      } else if (choice > 3) {
        events.add(somethingSaid(random, started));
      }
    }
    addSums(random, events);
    Usage usage = random.nextBoolean() ? Usage.of(random.nextInt(9), 2) : Usage.UNKNOWN;
    StopReason reason = REASONS.get(random.nextInt(REASONS.size()));
    events.add(new StreamEvent.Finished(reason, random.nextBoolean() ? "stop" : "x", usage));
    return events;
  }

  private static StreamEvent somethingSaid(Random random, int started) {
    String text = "t" + random.nextInt(100);
    return switch (random.nextInt(8)) {
      case 0 -> new StreamEvent.ReasoningDelta(text);
      case 1 -> new StreamEvent.RefusalDelta(text);
      case 2 -> new StreamEvent.ReasoningBlock(new JsonText("{\"signature\":\"" + text + "\"}"));
      case 3 -> field(AnswerPlace.ANSWER, "f" + random.nextInt(3), "\"" + text + "\"");
      case 4 -> field(AnswerPlace.MESSAGE, "details", piece(text));
      case 5 -> field(AnswerPlace.CHOICE, "logprobs", "{\"content\":[\"" + text + "\"]}");
      case 6 -> field(AnswerPlace.toolCall(random.nextInt(started + 1)), "extra", piece(text));
      default -> new StreamEvent.TextDelta(text);
    };
  }

  /// A list of one element, which continues the one before.
  private static String piece(String text) {
    return "[{\"index\":0,\"text\":\"" + text + "\"}]";
  }

  private static StreamEvent field(AnswerPlace place, String name, String value) {
    return new StreamEvent.DialectField(place, name, new JsonText(value));
  }

  /// What was told in pieces, added up, as a backend tells it at the end; some that was not told.
  private static void addSums(Random random, List<StreamEvent> events) {
    SumsOfPieces sums = new SumsOfPieces();
    events.forEach(sums::add);
    for (StreamEvent.Extension sum : sums.all()) {
      boolean block = sum.place().level() == AnswerPlace.Level.MESSAGE && random.nextBoolean();
      events.add(block ? new StreamEvent.ReasoningBlock(sum.value(), Optional.of(sum)) : sum);
    }
    if (random.nextBoolean()) {
      events.add(new StreamEvent.Extension("citations", new JsonText("[1,2]")));
    }
  }
}
