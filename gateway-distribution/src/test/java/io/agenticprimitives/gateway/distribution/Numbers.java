package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Numbers in JSON, of which 1 and 1.0 are one.
final class Numbers {
  private Numbers() {}

  /// A copy in which equal numbers are written alike.
  static JsonNode normal(JsonNode node) {
    if (node.isNumber()) {
      return NativeClient.json(node.decimalValue().stripTrailingZeros().toPlainString());
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = NativeClient.JSON.createArrayNode();
      array.forEach(item -> copy.add(normal(item)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = NativeClient.JSON.createObjectNode();
      object.properties().forEach(field -> copy.set(field.getKey(), normal(field.getValue())));
      return copy;
    }
    return node;
  }
}
