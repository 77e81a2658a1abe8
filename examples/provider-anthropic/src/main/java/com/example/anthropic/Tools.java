package com.example.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes the tools and whether they must be called.
///
/// @param body of the request
record Tools(Notes notes, ObjectNode body) {
  /// Fields of a tool that Anthropic has words for and the gateway has not.
  private static final Set<String> FIELDS =
      Set.of("cache_control", "input_examples", "defer_loading", "eager_input_streaming");

  private static final JsonText ANY_ARGUMENTS =
      new JsonText("{\"type\":\"object\",\"properties\":{}}");

  void write(CompletionRequest request) {
    boolean single = !request.sampling().parallelToolCalls().orElse(true);
    if (request.tools().isEmpty()) {
      request
          .toolChoice()
          .filter(choice -> !(choice instanceof ToolChoice.None))
          .ifPresent(_ -> notes.dropped("tool_choice", "There are no tools to choose from."));
      if (single) {
        notes.dropped("parallel_tool_calls", "There are no tools to call.");
      }
      return;
    }
    ArrayNode tools = body.putArray("tools");
    List<Tool> given = request.tools();
    for (int i = 0; i < given.size(); i++) {
      write(given.get(i), "tools[" + i + "]", tools);
    }
    choose(request.toolChoice(), single);
  }

  private void write(Tool tool, String path, ArrayNode tools) {
    if (!(tool instanceof Tool.Function function)) {
      throw Notes.unsupported(path, "this kind of tool, only functions");
    }
    ObjectNode written = tools.addObject().put("name", function.name());
    if (!function.description().isEmpty()) {
      written.put("description", function.description());
    }
    JsonText schema = function.inputSchema().orElse(ANY_ARGUMENTS);
    written.putRawValue("input_schema", Json.verbatim(schema));
    function.strict().ifPresent(strict -> written.put("strict", strict));
    function
        .extras()
        .fields()
        .forEach(
            (name, value) -> {
              if (FIELDS.contains(name)) {
                written.putRawValue(name, Json.verbatim(value));
              }
            });
    notes.unknown(path, function.extras(), FIELDS);
    notes.unknown(path + ".function", function.functionExtras(), Set.of());
  }

  private void choose(Optional<ToolChoice> given, boolean single) {
    if (given.isEmpty() && !single) {
      return;
    }
    ObjectNode choice = body.putObject("tool_choice");
    switch (given.orElse(new ToolChoice.Auto())) {
      case ToolChoice.Auto _ -> choice.put("type", "auto");
      case ToolChoice.None _ -> choice.put("type", "none");
      case ToolChoice.Required _ -> choice.put("type", "any");
      case ToolChoice.Named named -> choice.put("type", "tool").put("name", named.name());
      default -> throw Notes.unsupported("tool_choice", "this tool choice");
    }
    if (single && !choice.path("type").asText().equals("none")) {
      choice.put("disable_parallel_tool_use", true);
    }
  }
}
