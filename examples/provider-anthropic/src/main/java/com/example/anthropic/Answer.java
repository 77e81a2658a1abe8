package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.function.Consumer;

/// What the blocks of one answer add up to besides their events.
final class Answer {
  private final Consumer<StreamEvent> events;
  private final ArrayNode citations = Json.array();
  private final ArrayNode unknownParts = Json.array();
  private int calls;

  Answer(Consumer<StreamEvent> events) {
    this.events = events;
  }

  void emit(StreamEvent event) {
    events.accept(event);
  }

  int nextCall() {
    return calls++;
  }

  void cite(JsonNode citation) {
    citations.add(citation);
  }

  /// Keeps a part that is newer than this provider.
  void keepUnknown(JsonNode part) {
    unknownParts.add(part);
  }

  /// What callers find beside the text: no word of the gateway's fits it.
  void emitRest() {
    emitIfAny("citations", citations);
    emitIfAny("unknown_parts", unknownParts);
  }

  private void emitIfAny(String name, ArrayNode parts) {
    if (!parts.isEmpty()) {
      emit(new StreamEvent.Extension(AnswerPlace.MESSAGE, name, Json.text(parts)));
    }
  }
}
