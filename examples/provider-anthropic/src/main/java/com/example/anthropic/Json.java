package com.example.anthropic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.agenticprimitives.gateway.api.JsonText;
import java.util.Optional;

/// Jackson, set up once. Numbers keep their digits.
final class Json {
  /// Without its buffers for each thread: the threads are the gateway's and outlive this plugin.
  static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /// The value of a text; empty if it is not JSON, or nested too deeply for [JsonText].
  static Optional<JsonNode> parse(String text) {
    return JsonText.isValid(text) ? Optional.of(tree(text)) : Optional.empty();
  }

  static JsonNode read(JsonText text) {
    return tree(text.text());
  }

  private static JsonNode tree(String valid) {
    try {
      return MAPPER.readTree(valid);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static JsonText text(JsonNode node) {
    return new JsonText(write(node));
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// A value that is written as it stands.
  static RawValue verbatim(JsonText text) {
    return new RawValue(text.text());
  }
}
