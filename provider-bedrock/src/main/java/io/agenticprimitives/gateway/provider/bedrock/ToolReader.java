package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Translates the declarations of tools.
final class ToolReader {

  /// Converse wants a schema even of tools without parameters.
  static final JsonText NO_PARAMETERS = new JsonText("{\"type\":\"object\",\"properties\":{}}");

  private final Reports reports;
  private final CacheMarks marks;
  private final ModelTraits traits;
  private final Set<String> names = new HashSet<>();

  ToolReader(Reports reports, CacheMarks marks, ModelTraits traits) {
    this.reports = reports;
    this.marks = marks;
    this.traits = traits;
  }

  /// Reads all tools; once.
  List<Piece> read(List<Tool> tools) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < tools.size(); i++) {
      String path = "tools[" + i + "]";
      switch (tools.get(i)) {
        case Tool.Function function -> function(function, path, pieces);
        case Tool.Other other -> other(other, path, pieces);
        default -> throw Reports.unsupported(path, "This backend does not know such tools.");
      }
    }
    return pieces;
  }

  private void function(Tool.Function function, String path, List<Piece> pieces) {
    reports.unknown(path, function.extras(), Set.of(CacheMarks.FIELD));
    reports.unknown(Reports.at(path, "function"), function.functionExtras(), Set.of());
    if (names.add(function.name())) {
      String description = Blanks.isBlank(function.description()) ? "" : function.description();
      pieces.add(
          new Piece.ToolSpec(
              path,
              function.name(),
              description,
              schema(function.inputSchema(), path),
              isStrict(function, path)));
    } else {
      reports.dropped(path, "Bedrock takes a tool's name once; the first one is kept.");
    }
    marks.after(path, function.extras()).ifPresent(pieces::add);
  }

  private boolean isStrict(Tool.Function function, String path) {
    boolean wanted = function.strict().orElse(false);
    if (wanted && !traits.schemas()) {
      reports.dropped(Reports.at(path, "strict"), "This model has no strict tools.");
    }
    return wanted && traits.schemas();
  }

  /// Bedrock refuses schemas that are not of the type `object` ("must be one of the following:
  /// object").
  private JsonText schema(Optional<JsonText> given, String path) {
    if (given.isEmpty() || given.get().text().strip().equals("null")) {
      return NO_PARAMETERS;
    }
    String place = Reports.at(path, "input_schema");
    if (isOfTypeObject(given.get())) {
      return given.get();
    }
    ObjectNode schema = JsonTrees.readObject(given.get(), place);
    if (schema.isEmpty()) {
      return NO_PARAMETERS;
    }
    if (schema.has("type")) {
      reports.changed(
          Reports.at(place, "type"), "Bedrock takes the type 'object' only; it is sent so.");
    }
    return JsonTrees.write(schema.put("type", "object"));
  }

  /// Looks without building a tree: nearly every schema is right, and some are long.
  private static boolean isOfTypeObject(JsonText schema) {
    try (JsonParser parser = JsonTrees.FACTORY.createParser(schema.text())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean type = parser.currentName().equals("type");
        parser.nextToken();
        if (type) {
          return parser.hasToken(JsonToken.VALUE_STRING) && parser.getText().equals("object");
        }
        parser.skipChildren();
      }
      return false;
    } catch (JacksonException unreadable) {
      return false;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Tools in Bedrock's own form.
  private void other(Tool.Other other, String path, List<Piece> pieces) {
    JsonNode json = JsonTrees.read(other.json(), path);
    if (json.path("toolSpec") instanceof ObjectNode spec) {
      function(ofSpec(spec), path, pieces);
    } else if (json.path("systemTool").isObject() && json.size() == 1) {
      pieces.add(new Piece.Native(path, "systemTool", other.json().text()));
    } else if (json.path("cachePoint").isObject()) {
      pieces.add(marks.point(path, json.path("cachePoint").path("ttl").asText("")));
    } else {
      reports.dropped(path, "Bedrock has no tools of the type '" + other.type() + "'.");
    }
  }

  private static Tool.Function ofSpec(ObjectNode spec) {
    JsonNode schema = spec.path("inputSchema").path("json");
    JsonNode strict = spec.path("strict");
    Set<String> understood = Set.of("name", "description", "inputSchema", "strict");
    return new Tool.Function(
        spec.path("name").asText(""),
        spec.path("description").asText(""),
        schema.isMissingNode() ? Optional.empty() : Optional.of(JsonTrees.write(schema)),
        strict.isBoolean() ? Optional.of(strict.booleanValue()) : Optional.empty(),
        NativeBlocks.extrasOf(spec, understood));
  }
}
