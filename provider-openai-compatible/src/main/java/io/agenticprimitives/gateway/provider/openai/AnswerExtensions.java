package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an answer says beyond the gateway's vocabulary. It is told twice: at once and as it came,
/// for callers who speak this dialect, and added up when the answer ends, for all others. Of the
/// latter, fillers (null, empty text, empty lists) say nothing and are left out.
final class AnswerExtensions {
  private final KeptSize kept;
  private final Consumer<? super StreamEvent> events;
  private final Map<Field, JsonNode> fields = new LinkedHashMap<>();
  private final Map<Field, DeltaAccumulator> pieces = new LinkedHashMap<>();
  private final NavigableMap<Integer, DeltaAccumulator> choices = new TreeMap<>();

  /// Pieces of choices that came before the answer: it may turn out that one of them is the answer.
  private final List<ObjectNode> earlyChoices = new ArrayList<>();

  private boolean answered;

  private record Field(AnswerPlace place, String name) {}

  /// @param events takes what is told at once
  AnswerExtensions(KeptSize kept, Consumer<? super StreamEvent> events) {
    this.kept = kept;
    this.events = events;
  }

  /// A field that comes whole: the last value counts that says something.
  void put(AnswerPlace place, String name, JsonNode value) {
    Field field = new Field(place, name);
    JsonNode known = fields.get(field);
    boolean saysNoMore = known != null && ResponseJson.saysNothing(value);
    if (value.isNull() || saysNoMore || value.equals(known)) {
      return;
    }
    if (fields.put(field, value) == null) {
      kept.add(name.length() + ResponseJson.write(value).length());
    }
    tell(place, name, value);
  }

  boolean has(AnswerPlace place, String name) {
    return fields.containsKey(new Field(place, name));
  }

  /// A field that comes in pieces.
  void add(AnswerPlace place, String name, JsonNode piece) {
    tell(place, name, piece);
    collect(place, name, piece);
  }

  /// A piece of a field that this dialect would find elsewhere.
  void collect(AnswerPlace place, String name, JsonNode piece) {
    if (!ResponseJson.saysNothing(piece)) {
      pieces
          .computeIfAbsent(
              new Field(place, name),
              key -> new DeltaAccumulator(DeltaAccumulator.Kind.EXTENSION, kept))
          .add(piece);
    }
  }

  /// Tells something as it came.
  void tell(AnswerPlace place, String name, JsonNode value) {
    if (!value.isNull()) {
      events.accept(
          new StreamEvent.DialectField(place, name, new JsonText(ResponseJson.write(value))));
    }
  }

  /// A piece of a choice that is not the answer, or the whole of it. It is told as a stream has it,
  /// and kept as the `message` that it adds up to.
  void addChoice(int index, ObjectNode choice) {
    choice.put("index", index);
    tellChoice(choice.has("delta") ? choice.deepCopy() : asPiece(choice.deepCopy()));
    rename(choice, "delta", "message");
    choices
        .computeIfAbsent(index, key -> new DeltaAccumulator(DeltaAccumulator.Kind.CHOICE, kept))
        .add(choice);
  }

  private static ObjectNode asPiece(ObjectNode choice) {
    rename(choice, "message", "delta");
    int index = 0;
    for (JsonNode call : choice.path("delta").path("tool_calls")) {
      if (call instanceof ObjectNode object && !call.has("index")) {
        object.put("index", index);
      }
      index++;
    }
    return choice;
  }

  private static void rename(ObjectNode choice, String from, String to) {
    JsonNode value = choice.remove(from);
    if (value != null && !choice.has(to)) {
      choice.set(to, value);
    }
  }

  private void tellChoice(ObjectNode choice) {
    if (answered) {
      tell(AnswerPlace.otherChoice(choice.path("index").asInt()), "choice", choice);
    } else {
      earlyChoices.add(choice);
    }
  }

  /// Tells that the choice came that is the answer.
  void answered() {
    answered = true;
    earlyChoices.forEach(this::tellChoice);
    earlyChoices.clear();
  }

  /// Takes out the choice with the lowest index; null if there is none.
  @Nullable JsonText takeFirstChoice() {
    Map.Entry<Integer, DeltaAccumulator> first = choices.pollFirstEntry();
    if (first == null) {
      return null;
    }
    earlyChoices.removeIf(choice -> choice.path("index").asInt() == first.getKey());
    return first.getValue().json();
  }

  /// Tells everything, added up.
  void emit() {
    pieces.forEach((field, value) -> emit(field, value.json()));
    fields.forEach(
        (field, value) -> {
          if (!ResponseJson.saysNothing(value)) {
            emit(field, new JsonText(ResponseJson.write(value)));
          }
        });
    if (!choices.isEmpty()) {
      StringBuilder list = new StringBuilder("[");
      choices
          .values()
          .forEach(choice -> list.append(list.length() > 1 ? "," : "").append(choice.json()));
      emit(new Field(AnswerPlace.ANSWER, "choices"), new JsonText(list.append(']').toString()));
    }
  }

  private void emit(Field field, JsonText value) {
    events.accept(new StreamEvent.Extension(field.place(), field.name(), value));
  }
}
