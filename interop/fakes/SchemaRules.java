package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/// What the upstreams demand of the schemas of tools and answers.
final class SchemaRules {
  private SchemaRules() {}

  /// Both take objects only.
  static void requireObject(JsonNode schema, String path) {
    Refused.unless(
        schema.path("type").asText().equals("object"), path + ": the schema must be an object");
  }

  /// OpenAI's `strict`: every object is closed and requires all of its properties.
  static void requireStrict(JsonNode schema, String path) {
    requireClosed(schema, path);
    if (isObject(schema)) {
      Set<String> required = new HashSet<>();
      schema.path("required").forEach(name -> required.add(name.asText()));
      schema
          .path("properties")
          .fieldNames()
          .forEachRemaining(
              name -> Refused.unless(required.contains(name), path + ": not required: " + name));
    }
    schema.forEach(member -> requireStrict(member, path));
  }

  /// Bedrock: every object is closed.
  static void requireClosed(JsonNode schema, String path) {
    if (isObject(schema)) {
      JsonNode more = schema.path("additionalProperties");
      Refused.unless(
          more.isBoolean() && !more.asBoolean(), path + ": additionalProperties must be false");
    }
    schema.forEach(member -> requireClosed(member, path));
  }

  private static boolean isObject(JsonNode schema) {
    return schema.isObject() && schema.path("type").asText().equals("object");
  }
}
