package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads tools: flat ones (ours and Anthropic's), OpenAI's and Bedrock's. A tool of another kind is
/// kept as it is written.
final class ToolReader {
  private static final List<String> SCHEMA_FIELDS =
      List.of("input_schema", "parameters", "inputSchema");

  private static final Set<String> FUNCTION_FIELDS =
      Set.of("name", "description", "strict", "input_schema", "parameters", "inputSchema");

  private final Faults faults;

  ToolReader(Faults faults) {
    this.faults = faults;
  }

  List<Tool> read(JsonNode tools, Location place) {
    List<Tool> read = new ArrayList<>();
    if (tools.isArray()) {
      for (int i = 0; i < tools.size(); i++) {
        if (tools.get(i).isObject()) {
          tool(tools.get(i), place.item(i)).ifPresent(read::add);
        } else {
          faults.notADictionary(place.item(i), tools.get(i));
        }
      }
    } else if (!tools.isNull()) {
      faults.notAList(place, tools);
    }
    return read;
  }

  private Optional<Tool> tool(JsonNode tool, Location place) {
    if (tool.path("function").isObject()) {
      return function(tool.path("function"), tool, Set.of("type", "function"), place, "function");
    }
    if (tool.path("toolSpec").isObject()) {
      return function(tool.path("toolSpec"), tool, Set.of("toolSpec"), place, "toolSpec");
    }
    if (isFlatFunction(tool)) {
      return function(tool, tool, Set.of("type"), place, "");
    }
    String kind = tool.path("type").isTextual() ? tool.path("type").textValue() : firstKey(tool);
    return Optional.of(new Tool.Other(kind, RequestJson.text(tool)));
  }

  /// Anthropic's functions may have the type `custom`; other types are tools that the upstream runs
  /// itself. A tool without a type is a function, unless it is one key with an object (Bedrock's
  /// `systemTool` and `cachePoint`).
  private static boolean isFlatFunction(JsonNode tool) {
    JsonNode type = tool.path("type");
    if (!type.isTextual()) {
      return tool.has("name") || !(tool.size() == 1 && tool.path(firstKey(tool)).isObject());
    }
    return type.textValue().equals("function")
        || (type.textValue().equals("custom") && tool.has("input_schema"));
  }

  private static String firstKey(JsonNode tool) {
    return tool.propertyStream().findFirst().map(Map.Entry::getKey).orElse("");
  }

  /// @param body where the function is described
  /// @param around the whole tool, whose other fields are kept
  private Optional<Tool> function(
      JsonNode body, JsonNode around, Set<String> known, Location place, String field) {
    Location here = field.isEmpty() ? place : place.field(field);
    JsonNode name = body.path("name");
    if (!name.isTextual()) {
      if (name.isMissingNode()) {
        faults.missing(here.field("name"), body);
      } else {
        faults.notAString(here.field("name"), name);
      }
      return Optional.empty();
    }
    Set<String> read = new HashSet<>(known);
    if (field.isEmpty()) {
      read.addAll(FUNCTION_FIELDS);
    }
    return Optional.of(
        new Tool.Function(
            name.textValue(),
            body.path("description").isTextual() ? body.path("description").textValue() : "",
            schema(body),
            body.path("strict").isBoolean()
                ? Optional.of(body.path("strict").booleanValue())
                : Optional.empty(),
            RequestJson.extras(around, read),
            field.isEmpty() ? Extras.NONE : RequestJson.extras(body, FUNCTION_FIELDS)));
  }

  private static Optional<JsonText> schema(JsonNode body) {
    for (String field : SCHEMA_FIELDS) {
      JsonNode schema = body.path(field);
      if (field.equals("inputSchema") && schema.has("json")) {
        schema = schema.path("json");
      }
      if (schema.isObject()) {
        return Optional.of(RequestJson.text(schema));
      }
    }
    return Optional.empty();
  }
}
