package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// What both dialects say, after it was found to be valid.
///
/// @param system all instructions
/// @param userText the last words of the user
/// @param images of the last message of the user
/// @param results of tools since those last words
/// @param tools what may be called
/// @param forced the tool that must be called
/// @param schema the form in which the answer must be
record Conversation(
    String system,
    String userText,
    List<byte[]> images,
    List<String> results,
    List<Tool> tools,
    Optional<Tool> forced,
    Optional<JsonNode> schema) {

  /// @param schema of its arguments
  record Tool(String name, JsonNode schema) {}
}
