package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an answer says beyond the gateway's vocabulary, kept until the answer ends. Fillers (null,
/// empty text, empty lists) say nothing and are left out.
final class AnswerExtensions {
  private final KeptSize kept;
  private final Map<String, JsonNode> fields = new LinkedHashMap<>();
  private final Map<String, DeltaAccumulator> pieces = new LinkedHashMap<>();
  private final NavigableMap<Integer, DeltaAccumulator> choices = new TreeMap<>();

  AnswerExtensions(KeptSize kept) {
    this.kept = kept;
  }

  /// A field of the whole answer: the last value counts.
  void put(String name, JsonNode value) {
    if (!ResponseJson.saysNothing(value) && fields.put(name, value) == null) {
      kept.add(name.length() + ResponseJson.write(value).length());
    }
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /// A field of the message, which comes in pieces.
  void add(String name, JsonNode piece) {
    if (!ResponseJson.saysNothing(piece)) {
      pieces
          .computeIfAbsent(name, key -> new DeltaAccumulator(DeltaAccumulator.Kind.EXTENSION, kept))
          .add(piece);
    }
  }

  /// A piece of a choice that is not the answer, or the whole of it. What a stream calls `delta` is
  /// kept as the `message` that it adds up to.
  void addChoice(int index, ObjectNode choice) {
    JsonNode delta = choice.remove("delta");
    if (delta != null && !choice.has("message")) {
      choice.set("message", delta);
    }
    choice.put("index", index);
    choices
        .computeIfAbsent(index, key -> new DeltaAccumulator(DeltaAccumulator.Kind.CHOICE, kept))
        .add(choice);
  }

  /// Takes out the choice with the lowest index; null if there is none.
  @Nullable JsonText takeFirstChoice() {
    Map.Entry<Integer, DeltaAccumulator> first = choices.pollFirstEntry();
    return first == null ? null : first.getValue().json();
  }

  void emit(Consumer<? super StreamEvent> events) {
    Map<String, JsonText> values = new LinkedHashMap<>();
    pieces.forEach((name, value) -> values.put(name, value.json()));
    fields.forEach((name, value) -> values.put(name, new JsonText(ResponseJson.write(value))));
    if (!choices.isEmpty()) {
      StringBuilder list = new StringBuilder("[");
      choices
          .values()
          .forEach(choice -> list.append(list.length() > 1 ? "," : "").append(choice.json()));
      values.put("choices", new JsonText(list.append(']').toString()));
    }
    values.forEach((name, value) -> events.accept(new StreamEvent.Extension(name, value)));
  }
}
