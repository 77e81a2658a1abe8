package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The opaque reasoning of an answer, added up from its pieces until the answer ends.
final class ReasoningBlocks {
  private final KeptSize kept;
  private final AnswerExtensions extensions;
  private final Map<String, DeltaAccumulator> fields = new LinkedHashMap<>();

  ReasoningBlocks(KeptSize kept, AnswerExtensions extensions) {
    this.kept = kept;
    this.extensions = extensions;
  }

  /// Adds a piece of a field of the message.
  void add(String field, JsonNode piece) {
    extensions.tell(AnswerPlace.MESSAGE, field, piece);
    collect(field, piece);
  }

  private void collect(String field, JsonNode piece) {
    if (!ResponseJson.saysNothing(piece)) {
      fields
          .computeIfAbsent(
              field, name -> new DeltaAccumulator(DeltaAccumulator.Kind.REASONING, kept))
          .add(piece);
    }
  }

  /// Adds a reasoning part of a content list.
  void addContentPart(JsonNode part) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    collect(ReasoningReplay.CONTENT, list.add(part));
  }

  void emit(Consumer<? super StreamEvent> events) {
    fields.forEach(
        (field, value) -> events.accept(ReasoningReplay.ofMessage(field, value.json()).encode()));
  }
}
