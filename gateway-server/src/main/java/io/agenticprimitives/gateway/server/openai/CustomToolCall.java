package io.agenticprimitives.gateway.server.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.Optional;

/// Calls of custom tools, whose input is free text. In the gateway's vocabulary it is a JSON
/// string, so that the arguments of every call are JSON.
final class CustomToolCall {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonText TYPE = new JsonText("\"custom\"");

  private CustomToolCall() {}

  /// Whether the type of a call says that it is one.
  static boolean isType(Optional<JsonText> type) {
    return type.filter(TYPE::equals).isPresent();
  }

  /// Whether a field says that the call that it belongs to is one.
  static boolean isType(StreamEvent.DialectField field) {
    return field.name().equals("type") && field.value().equals(TYPE);
  }

  /// The free text; arguments that are no string are taken as they are.
  static String input(String arguments) {
    try {
      JsonNode value = MAPPER.readTree(arguments);
      return value.isTextual() ? value.textValue() : arguments;
    } catch (JsonProcessingException cut) {
      return arguments;
    }
  }
}
