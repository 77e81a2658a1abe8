package io.agenticprimitives.gateway.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Adds chunks up as OpenAI's SDK for Python does in its streaming helpers: texts are joined,
/// numbers added, objects merged; lists of objects are merged by their `index`, without which it
/// gives up, and so does this.
final class SdkAccumulator {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  private final ObjectNode message = JACKSON.createObjectNode();
  private final ObjectNode fields = JACKSON.createObjectNode();
  private final ObjectNode choiceFields = JACKSON.createObjectNode();
  private final ArrayNode logprobs = JACKSON.createArrayNode();
  private String finishReason = "";

  static SdkAccumulator of(List<JsonNode> chunks) {
    SdkAccumulator sum = new SdkAccumulator();
    chunks.forEach(sum::add);
    return sum;
  }

  private void add(JsonNode chunk) {
    for (var field : chunk.properties()) {
      if (!field.getKey().equals("choices")) {
        fields.set(field.getKey(), field.getValue());
      }
    }
    for (JsonNode choice : chunk.path("choices")) {
      if (!finishReason.isEmpty()) {
        throw new IllegalStateException("A choice after the finish reason: " + chunk);
      }
      accumulate(message, choice.path("delta"));
      addChoiceFields(choice);
    }
  }

  private void addChoiceFields(JsonNode choice) {
    for (var field : choice.properties()) {
      switch (field.getKey()) {
        case "index", "delta" -> {}
        case "finish_reason" -> finishReason = field.getValue().asText("");
        case "logprobs" -> field.getValue().path("content").forEach(logprobs::add);
        default -> choiceFields.set(field.getKey(), field.getValue());
      }
    }
  }

  private static void accumulate(ObjectNode sum, JsonNode delta) {
    for (var field : delta.properties()) {
      String name = field.getKey();
      JsonNode old = sum.path(name);
      JsonNode piece = field.getValue();
      if (old.isMissingNode() || old.isNull() || name.equals("index") || name.equals("type")) {
        sum.set(name, piece.deepCopy());
      } else if (old.isTextual() && piece.isTextual()) {
        sum.put(name, old.textValue() + piece.textValue());
      } else if (old.isNumber() && piece.isNumber()) {
        sum.put(name, old.decimalValue().add(piece.decimalValue()));
      } else if (old instanceof ObjectNode object && piece.isObject()) {
        accumulate(object, piece);
      } else if (old instanceof ArrayNode list && piece.isArray()) {
        piece.forEach(element -> insert(list, element));
      }
    }
  }

  private static void insert(ArrayNode list, JsonNode element) {
    JsonNode index = element.path("index");
    if (!index.isInt()) {
      throw new IllegalStateException("A list element without an index: " + element);
    }
    if (list.get(index.intValue()) instanceof ObjectNode known) {
      accumulate(known, element);
    } else {
      list.insert(index.intValue(), element.deepCopy());
    }
  }

  /// The answer that the chunks add up to, in the form of a whole one.
  ObjectNode answer() {
    ObjectNode answer = fields.deepCopy();
    answer.put("object", "chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    choice.setAll(choiceFields);
    choice.set("message", message);
    message.path("tool_calls").forEach(call -> ((ObjectNode) call).remove("index"));
    choice.put("finish_reason", finishReason);
    if (!logprobs.isEmpty()) {
      choice.putObject("logprobs").set("content", logprobs);
    }
    return answer;
  }
}
