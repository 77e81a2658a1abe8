package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// One element of `tool_calls` in a delta, or a whole call of a message.
///
/// @param index the upstream's index, -1 if it gives none
/// @param id empty if absent, null or empty
/// @param name empty if absent, null or empty
/// @param arguments the text that was sent; JSON of another type as its text; empty if absent
/// @param custom whether the call is of a custom tool, whose input is free text and no JSON
/// @param extras fields beyond these, which may have to be sent back
record ToolCallPiece(
    int index,
    String id,
    String name,
    String arguments,
    boolean custom,
    Map<String, JsonNode> extras) {

  boolean hasName() {
    return !name.isEmpty();
  }

  boolean isEmpty() {
    return id.isEmpty() && name.isEmpty() && arguments.isEmpty();
  }
}
