package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Fields of an answer that the gateway carries and does not write itself, by where they stand.
final class AnswerFields {
  /// What the gateway writes itself on each level. A foreign field of such a name is found under
  /// `upstream_<name>`.
  private static final Map<AnswerPlace.Level, Set<String>> OWN =
      Map.of(
          AnswerPlace.Level.ANSWER,
          Set.of("id", "object", "created", "model", "choices", "usage", "adjustments", "error"),
          AnswerPlace.Level.CHOICE,
          Set.of("index", "message", "delta", "finish_reason", "upstream_finish_reason"),
          AnswerPlace.Level.MESSAGE,
          Set.of(
              "role",
              "content",
              "refusal",
              "reasoning_content",
              "reasoning_blocks",
              "tool_calls",
              "function_call"),
          AnswerPlace.Level.TOOL_CALL,
          Set.of("index", "id", "type", "function", "custom"),
          AnswerPlace.Level.OTHER_CHOICE,
          Set.of());

  private final Map<AnswerPlace, Map<String, JsonText>> fields = new LinkedHashMap<>();

  void put(AnswerPlace place, String name, JsonText value) {
    fields.computeIfAbsent(place, key -> new LinkedHashMap<>()).put(name, value);
  }

  /// Takes a field out: the caller writes it in its own way.
  Optional<JsonText> take(AnswerPlace place, String name) {
    Map<String, JsonText> there = fields.get(place);
    return there == null ? Optional.empty() : Optional.ofNullable(there.remove(name));
  }

  /// Writes what is left at a place, without the braces around it, and forgets it.
  void drain(AnswerPlace place, JsonBuffer json) {
    Map<String, JsonText> there = fields.remove(place);
    if (there != null) {
      there.forEach((name, value) -> write(place, name, value, json));
    }
  }

  boolean isEmpty(AnswerPlace place) {
    return fields.getOrDefault(place, Map.of()).isEmpty();
  }

  /// Writes one field under the name that it has for callers.
  static void write(AnswerPlace place, String name, JsonText value, JsonBuffer json) {
    boolean taken = OWN.getOrDefault(place.level(), Set.of()).contains(name);
    json.field(taken ? "upstream_" + name : name, value);
  }
}
