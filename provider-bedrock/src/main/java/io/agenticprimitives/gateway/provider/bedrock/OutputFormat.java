package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import java.util.Optional;
import java.util.Set;

/// Translates the form that the answer must have into an `outputConfig`.
record OutputFormat(Reports reports, ModelTraits traits) {
  private static final String PATH = "response_format";
  private static final String SCHEMA_PATH = PATH + ".json_schema.schema";

  /// The keywords of JSON Schema that hold one schema, a list of them, or schemas by name.
  private static final Set<String> ONE = Set.of("items", "additionalItems", "contains", "not");

  private static final Set<String> LISTS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");
  private static final Set<String> NAMED =
      Set.of("properties", "$defs", "definitions", "patternProperties");

  /// @param outputConfig gets the form
  void apply(ResponseFormat format, ObjectNode outputConfig) {
    switch (format) {
      case ResponseFormat.Text() -> {}
      case ResponseFormat.JsonObject() ->
          reports.dropped(PATH, "Bedrock has no JSON mode without a schema; ask for it in words.");
      case ResponseFormat.JsonSchema schema -> schema(schema, outputConfig);
      case ResponseFormat.Other other ->
          reports.dropped(PATH, "Bedrock has no word for this form of answers.");
      default -> throw Reports.unsupported(PATH, "This backend does not know such forms.");
    }
  }

  /// @param effort how hard the model is to think, in Bedrock's words
  void effort(Optional<String> effort, ObjectNode outputConfig) {
    if (effort.isEmpty()) {
      return;
    }
    if (outputConfig.has("effort")) {
      reports.dropped("reasoning_effort", "The request sets outputConfig.effort itself.");
    } else {
      outputConfig.put("effort", effort.get());
    }
  }

  private void schema(ResponseFormat.JsonSchema format, ObjectNode outputConfig) {
    reports.unknown(PATH + ".json_schema", format.extras(), Set.of());
    if (format.schema().isEmpty()) {
      reports.dropped(PATH, "Bedrock takes a form of answers with a schema only.");
    } else if (!traits.schemas()) {
      reports.dropped(PATH, "This model cannot be bound to a schema; ask for it in words.");
    } else if (outputConfig.has("textFormat")) {
      reports.dropped(PATH, "The request sets outputConfig.textFormat itself.");
    } else {
      ObjectNode text = outputConfig.putObject("textFormat").put("type", "json_schema");
      ObjectNode schema = text.putObject("structure").putObject("jsonSchema");
      schema.put("schema", closed(format.schema().get()).text());
      if (!format.name().isEmpty()) {
        schema.put("name", format.name());
      }
      if (!Blanks.isBlank(format.description())) {
        schema.put("description", format.description());
      }
    }
  }

  /// Bedrock wants every object of the schema closed to further properties.
  private JsonText closed(JsonText schema) {
    ObjectNode root = JsonTrees.readObject(schema, SCHEMA_PATH);
    if (!close(root)) {
      return schema;
    }
    reports.changed(
        SCHEMA_PATH,
        "Bedrock takes schemas whose objects have no further properties only;"
            + " 'additionalProperties' is set to false in all of them.");
    return JsonTrees.write(root);
  }

  /// @return whether anything was changed
  private static boolean close(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return false;
    }
    boolean changed = false;
    JsonNode further = schema.path("additionalProperties");
    boolean closed = further.isBoolean() && !further.booleanValue();
    if (!closed && (isObject(schema.path("type")) || schema.has("properties"))) {
      schema.put("additionalProperties", false);
      changed = true;
    }
    for (String keyword : ONE) {
      changed |= close(schema.path(keyword));
    }
    for (String keyword : LISTS) {
      changed |= closeAll(schema.path(keyword));
    }
    for (String keyword : NAMED) {
      changed |= closeAll(schema.path(keyword));
    }
    return changed;
  }

  private static boolean closeAll(JsonNode schemas) {
    boolean changed = false;
    for (JsonNode schema : schemas) {
      changed |= close(schema);
    }
    return changed;
  }

  private static boolean isObject(JsonNode type) {
    if (!type.isArray()) {
      return type.asText("").equals("object");
    }
    for (JsonNode one : type) {
      if (isObject(one)) {
        return true;
      }
    }
    return false;
  }
}
