package io.agenticprimitives.gateway.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The chunks that a writer makes of events, without what is the same in all of them.
final class ChunksUnderTest {
  static final AnswerIdentity IDENTITY = new AnswerIdentity("chatcmpl-1", 7);

  private static final String PREFIX =
      "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":7,"
          + "\"model\":\"small-1\",\"choices\":";
  private static final String DONE = "data: [DONE]";
  private static final Pattern SEPARATOR = Pattern.compile("\n\n");

  boolean functions;
  boolean wantsUsage;
  List<Adjustment> adjustments = List.of();

  final JsonBuffer json = new JsonBuffer();

  ChatChunkWriter writer() {
    return new ChatChunkWriter(IDENTITY, functions, wantsUsage, () -> adjustments, json);
  }

  /// All that is sent for an answer that has these events between its first and its last.
  String sent(StreamEvent... events) {
    ChatChunkWriter writer = writer();
    writer.write(new StreamEvent.Started("small-1"));
    for (StreamEvent event : events) {
      writer.write(event);
    }
    return json.toString();
  }

  /// What stands behind `"choices":` in each chunk. The end is left out, which must be there if the
  /// answer is finished.
  List<String> choices(StreamEvent... events) {
    List<String> all = new ArrayList<>();
    for (String line : SEPARATOR.split(sent(events), 0)) {
      if (!line.equals(DONE)) {
        assertThat(line).startsWith(PREFIX).endsWith("}");
        all.add(line.substring(PREFIX.length(), line.length() - 1));
      }
    }
    return all;
  }

  /// What stands in each delta of the choice that is the answer, the one with the finish reason
  /// left out.
  List<String> deltas(StreamEvent... events) {
    String before = "[{\"index\":0,\"delta\":{";
    String after = "},\"finish_reason\":null}]";
    return choices(events).stream()
        .filter(choice -> choice.endsWith(after))
        .map(choice -> choice.substring(before.length(), choice.length() - after.length()))
        .map(delta -> delta.replace("\"role\":\"assistant\",", ""))
        .toList();
  }

  static StreamEvent finished(StopReason reason, String word) {
    return new StreamEvent.Finished(reason, word, Usage.of(20, 8));
  }

  static StreamEvent field(AnswerPlace place, String name, String value) {
    return new StreamEvent.DialectField(place, name, new JsonText(value));
  }

  static StreamEvent extension(AnswerPlace place, String name, String value) {
    return new StreamEvent.Extension(place, name, new JsonText(value));
  }
}
