package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;

/// Adds the chunks of a streamed answer up to the answer, as SDKs do: pieces of texts are joined,
/// objects merged, and list elements with the same `index` and type are one element. Where SDKs
/// differ or give up, it does what makes sense: elements without an index are appended, and a text
/// that does not come in pieces, a number or a value that is not empty replaces the one before.
final class ChunkFold {
  private static final Set<String> IN_PIECES =
      Set.of(
          "content",
          "refusal",
          "reasoning",
          "reasoning_content",
          "reasoning_text",
          "text",
          "summary",
          "thinking",
          "data",
          "transcript");

  /// Where the parts are put of a content that is a list: the rest of it is text.
  static final String CONTENT_PARTS = "content_parts";

  private static final Set<String> CALLED = Set.of("function", "custom", "function_call");

  private ChunkFold() {}

  /// The answer that the chunks of an upstream or of the gateway are.
  static ObjectNode answer(List<JsonNode> chunks) {
    ObjectNode answer = NativeClient.JSON.createObjectNode();
    ArrayNode choices = answer.putArray("choices");
    for (JsonNode chunk : chunks) {
      for (var field : chunk.properties()) {
        if (!field.getKey().equals("choices")) {
          addField(answer, field.getKey(), field.getValue());
        }
      }
      int place = 0;
      for (JsonNode choice : chunk.path("choices")) {
        addChoice(choices, choice, choice.path("index").asInt(place++));
      }
    }
    return answer;
  }

  /// Of what names an answer the first counts, of everything else the last.
  private static void addField(ObjectNode answer, String name, JsonNode value) {
    boolean first = name.equals("id") || name.equals("created") || name.equals("model");
    if (!(first && answer.has(name))) {
      replace(answer, name, value);
    }
  }

  /// An empty value says nothing about the one before.
  private static void replace(ObjectNode sum, String name, JsonNode value) {
    boolean empty =
        value.isNull()
            || (value.isContainerNode() && value.isEmpty())
            || value.equals(TextNode.valueOf(""))
            || (name.equals("created") && value.asInt() == 0);
    if (!empty || !sum.has(name)) {
      sum.set(name, value.deepCopy());
    }
  }

  private static void addChoice(ArrayNode choices, JsonNode choice, int index) {
    ObjectNode sum = null;
    for (JsonNode other : choices) {
      sum = other.path("index").asInt() == index ? (ObjectNode) other : sum;
    }
    if (sum == null) {
      sum = choices.addObject().put("index", index);
      sum.putObject("message");
    }
    for (var field : choice.properties()) {
      addChoiceField(sum, field.getKey(), field.getValue());
    }
  }

  private static void addChoiceField(ObjectNode sum, String name, JsonNode value) {
    switch (name) {
      case "delta", "message" -> mergeMessage((ObjectNode) sum.path("message"), value);
      case "logprobs", "text" -> add(sum, name, value);
      default -> replace(sum, name, value);
    }
  }

  private static void mergeMessage(ObjectNode sum, JsonNode delta) {
    for (var field : delta.properties()) {
      boolean parts = field.getKey().equals("content") && field.getValue().isArray();
      add(sum, parts ? CONTENT_PARTS : field.getKey(), field.getValue());
    }
  }

  private static void merge(ObjectNode sum, JsonNode delta) {
    for (var field : delta.properties()) {
      add(sum, field.getKey(), field.getValue());
    }
  }

  /// The members of what is called are all in pieces.
  private static void mergeCalled(ObjectNode sum, JsonNode piece) {
    for (var field : piece.properties()) {
      sum.put(field.getKey(), sum.path(field.getKey()).asText() + field.getValue().asText(""));
    }
  }

  private static void add(ObjectNode sum, String name, JsonNode piece) {
    JsonNode old = sum.path(name);
    if (old.isTextual() && piece.isTextual() && IN_PIECES.contains(name)) {
      sum.put(name, old.asText() + piece.asText());
    } else if (old instanceof ObjectNode object && CALLED.contains(name)) {
      mergeCalled(object, piece);
    } else if (old instanceof ObjectNode object && piece.isObject()) {
      merge(object, piece);
    } else if (old instanceof ArrayNode list && piece.isArray()) {
      piece.forEach(element -> append(list, element));
    } else {
      replace(sum, name, piece);
    }
  }

  private static void append(ArrayNode list, JsonNode element) {
    for (JsonNode other : list) {
      boolean same =
          other.path("index").equals(element.path("index"))
              && (!element.has("type") || other.path("type").equals(element.path("type")));
      if (same && element.has("index")) {
        merge((ObjectNode) other, element);
        return;
      }
    }
    list.add(element.deepCopy());
  }
}
