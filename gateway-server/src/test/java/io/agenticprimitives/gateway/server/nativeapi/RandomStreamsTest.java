package io.agenticprimitives.gateway.server.nativeapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever the upstream's order, a caller who reads the stream learns the same as one who reads
/// the whole answer.
class RandomStreamsTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Pattern SEPARATOR = Pattern.compile("\n\n");
  private static final List<String> PIECES =
      List.of("{", "}", "\"a\":1", " ", "null", "\\", "\"", "[1,2]", "\u2028", "5", "");

  @ParameterizedTest
  @EnumSource
  void aStreamSaysWhatTheWholeAnswerSays(ToolEventStyle style) throws IOException {
    Random random = new Random(20261124);
    for (int i = 0; i < 2_000; i++) {
      List<StreamEvent> events = randomEvents(random);
      JsonNode whole = whole(events);
      Collected streamed = collect(streamed(events, style));
      assertThat(streamed.text.toString()).isEqualTo(whole.path("content").asText());
      assertThat(streamed.names).containsExactlyEntriesOf(toMap(whole, call -> call.path("name")));
      assertThat(streamed.inputs).isEqualTo(toMap(whole, call -> call.path("input")));
      assertThat(streamed.calls).isEqualTo(whole.path("tool_calls").size());
    }
  }

  private static JsonNode whole(List<StreamEvent> events) throws IOException {
    JsonBuffer json = new JsonBuffer();
    NativeCompletionWriter.write(Completion.of(EventStream.of(events)), List.of(), json);
    return JACKSON.readTree(json.toString());
  }

  private static List<JsonNode> streamed(List<StreamEvent> events, ToolEventStyle style)
      throws IOException {
    JsonBuffer json = new JsonBuffer();
    NativeEventWriter writer = new NativeEventWriter(style, List::of, json);
    events.forEach(writer::write);
    List<JsonNode> parsed = new ArrayList<>();
    assertThat(json.toString()).endsWith("\n\n");
    for (String event : SEPARATOR.split(json.toString(), 0)) {
      assertThat(event).startsWith("data: {").matches("[ -~]*");
      parsed.add(JACKSON.readTree(event.substring("data: ".length())));
    }
    return parsed;
  }

  private static Map<String, JsonNode> toMap(JsonNode whole, UnaryOperator<JsonNode> value) {
    Map<String, JsonNode> map = new LinkedHashMap<>();
    whole.path("tool_calls").forEach(call -> map.put(call.path("id").asText(), value.apply(call)));
    return map;
  }

  private static final class Collected {
    final StringBuilder text = new StringBuilder();
    final Map<String, JsonNode> names = new LinkedHashMap<>();
    final Map<String, JsonNode> inputs = new LinkedHashMap<>();
    int calls;
  }

  private static Collected collect(List<JsonNode> events) {
    Collected collected = new Collected();
    for (JsonNode event : events) {
      String id = event.path("id").asText();
      switch (event.path("type").asText()) {
        case "content_delta" -> collected.text.append(event.path("delta").asText());
        case "tool_use_start" -> collected.names.put(id, event.path("name"));
        case "tool_use_complete" -> {
          collected.calls++;
          collected.inputs.put(id, event.path("input"));
        }
        default -> {}
      }
    }
    return collected;
  }

  /// A stream that keeps the grammar: calls overlap and end in any order.
  private static List<StreamEvent> randomEvents(Random random) {
    List<StreamEvent> events = new ArrayList<>(List.of(new StreamEvent.Started("m")));
    List<Integer> open = new ArrayList<>();
    int calls = random.nextInt(4);
    int started = 0;
    while (started < calls || !open.isEmpty()) {
      int choice = random.nextInt(5);
      if (choice == 0) {
        events.add(new StreamEvent.TextDelta("t" + random.nextInt()));
      } else if (choice == 1 && started < calls) {
        events.add(new StreamEvent.ToolCallStarted(started, "c" + started, "n" + started));
        open.add(started++);
      } else if (choice == 2 && !open.isEmpty()) {
        int ended = open.get(random.nextInt(open.size()));
        open.remove((Object) ended);
        events.add(new StreamEvent.ToolCallEnded(ended));
      } else if (!open.isEmpty()) {
        int index = open.get(random.nextInt(open.size()));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        events.add(new StreamEvent.ToolCallDelta(index, piece));
      }
    }
    events.add(new StreamEvent.Finished(StopReason.END_TURN, "", Usage.UNKNOWN));
    return events;
  }
}
