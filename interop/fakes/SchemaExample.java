package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// Makes a value that a JSON schema allows: 7 where an integer is wanted, 7.5 for a number, true,
/// two elements in a list, the first of an enumeration, and texts named after their property.
final class SchemaExample {
  private final JsonNode root;
  private final String city;

  private SchemaExample(JsonNode root, String city) {
    this.root = root;
    this.city = city;
  }

  /// @param city the value of a property that is called `city`
  static JsonNode of(JsonNode schema, String city) {
    return new SchemaExample(schema, city).value(schema, "answer");
  }

  private JsonNode value(JsonNode schema, String name) {
    if (schema.has("$ref")) {
      return value(root.at(schema.get("$ref").textValue().substring(1)), name);
    }
    for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
      if (schema.has(choice)) {
        return value(schema.get(choice).get(0), name);
      }
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return typed(schema, name);
  }

  private JsonNode typed(JsonNode schema, String name) {
    JsonNode type = schema.path("type");
    return switch (type.isArray() ? type.get(0).asText() : type.asText()) {
      case "object" -> object(schema);
      case "array" -> array(schema, name);
      case "integer" -> IntNode.valueOf(7);
      case "number" -> DoubleNode.valueOf(7.5);
      case "boolean" -> BooleanNode.TRUE;
      case "null" -> NullNode.instance;
      default -> TextNode.valueOf(name.equals("city") ? city : name + " \"quoted\" ü");
    };
  }

  private JsonNode object(JsonNode schema) {
    ObjectNode object = Json.object();
    for (var property : schema.path("properties").properties()) {
      object.set(property.getKey(), value(property.getValue(), property.getKey()));
    }
    return object;
  }

  private JsonNode array(JsonNode schema, String name) {
    ArrayNode array = Json.object().arrayNode();
    return array.add(value(schema.path("items"), name)).add(value(schema.path("items"), name));
  }
}
