package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `tool_calls` and `function_call` in all the forms in which servers send them: a list, one
/// call as an object, calls as members of an object, null; arguments as text, as JSON or null;
/// members of the function beside it; custom tools beside an empty function and the other way.
final class ToolCallReader {
  private int index;
  private String id = "";
  private String name = "";
  private String arguments = "";
  private String customName = "";
  private String customInput = "";
  private boolean customType;
  private Map<String, JsonNode> extras = Map.of();

  /// Reads the value of `tool_calls`, on which the parser stands.
  void readAll(JsonParser parser, List<ToolCallPiece> pieces) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      readObject((ObjectNode) ResponseJson.tree(parser), pieces);
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          pieces.add(read(parser));
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void readObject(ObjectNode calls, List<ToolCallPiece> pieces) throws IOException {
    if (calls.has("function") || calls.has("custom") || calls.has("id") || calls.has("name")) {
      pieces.add(read(calls));
      return;
    }
    for (JsonNode call : calls) {
      if (call.isObject()) {
        pieces.add(read(call));
      }
    }
  }

  private ToolCallPiece read(JsonNode call) throws IOException {
    try (JsonParser parser = call.traverse()) {
      parser.nextToken();
      return read(parser);
    }
  }

  /// Reads the value of the older `function_call`, which has no id.
  ToolCallPiece readLegacy(JsonParser parser) throws IOException {
    reset();
    readFunction(parser);
    return new ToolCallPiece(-1, "", name, arguments, false, Map.of());
  }

  private void reset() {
    index = -1;
    id = "";
    name = "";
    arguments = "";
    customName = "";
    customInput = "";
    customType = false;
    extras = Map.of();
  }

  private ToolCallPiece read(JsonParser parser) throws IOException {
    reset();
    String field = parser.nextFieldName();
    while (field != null) {
      parser.nextToken();
      readField(field, parser);
      field = parser.nextFieldName();
    }
    boolean custom =
        !customName.isEmpty() || !customInput.isEmpty() || (customType && name.isEmpty());
    return custom
        ? new ToolCallPiece(index, id, customName, customInput, true, extras)
        : new ToolCallPiece(index, id, name, arguments, false, extras);
  }

  private void readField(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "index" -> index = indexAt(parser);
      case "id" -> id = ResponseJson.text(parser);
      case "type" -> customType = ResponseJson.text(parser).equals("custom");
      case "function" -> readFunction(parser);
      case "custom" -> readCustom(parser);
      case "name", "arguments" -> readFunctionField(field, parser);
      default -> readExtra(field, parser);
    }
  }

  private static int indexAt(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      long value = parser.getLongValue();
      return value < 0 || value > Integer.MAX_VALUE ? -1 : (int) value;
    }
    String text = ResponseJson.text(parser);
    boolean digits =
        !text.isEmpty() && text.length() < 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Integer.parseInt(text) : -1;
  }

  private void readFunction(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    String field = parser.nextFieldName();
    while (field != null) {
      parser.nextToken();
      readFunctionField(field, parser);
      field = parser.nextFieldName();
    }
  }

  private void readFunctionField(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "name" -> name = ResponseJson.text(parser);
      case "arguments" -> arguments = ResponseJson.textOrJson(parser);
      default -> parser.skipChildren();
    }
  }

  private void readCustom(JsonParser parser) throws IOException {
    JsonNode custom = ResponseJson.tree(parser);
    customName = custom.path("name").asText();
    JsonNode input = custom.path("input");
    customInput = input.isNull() || input.isMissingNode() ? "" : text(input);
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : ResponseJson.write(value);
  }

  private void readExtra(String field, JsonParser parser) throws IOException {
    JsonNode value = ResponseJson.tree(parser);
    if (!ResponseJson.saysNothing(value)) {
      extras = new LinkedHashMap<>(extras);
      extras.put(field, value);
    }
  }
}
