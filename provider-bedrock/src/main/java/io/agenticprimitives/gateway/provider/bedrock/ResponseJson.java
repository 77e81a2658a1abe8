package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How the JSON of Bedrock is read: with limits on depth and length, whatever it sends. Numbers
/// keep every digit.
final class ResponseJson {
  /// How deep a body may be nested; below [JsonText#MAX_DEPTH], so that any part of it, with what
  /// is wrapped around it, is a valid `JsonText`.
  static final int MAX_DEPTH = 500;

  /// The longest string, in characters: no limit but that of the body around it.
  private static final int MAX_STRING = 64 << 20;

  /// Buffers are kept by the factory and not by threads: threads outlive this plugin.
  private static final int KEPT_BUFFERS = 64;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(KEPT_BUFFERS))
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // Bytes are UTF-8: other encodings fail in other ways than JSON does.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ResponseJson() {}

  static JsonParser parser(byte[] json) throws IOException {
    return FACTORY.createParser(json);
  }

  /// The whole value as a tree.
  ///
  /// @throws IOException if it is not exactly one JSON value
  static JsonNode tree(byte[] json) throws IOException {
    try (JsonParser parser = parser(json)) {
      return tree(parser);
    }
  }

  /// The whole text as a tree, or null if it is not exactly one JSON value.
  static @Nullable JsonNode treeOrNull(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return tree(parser);
    } catch (IOException notJson) {
      return null;
    }
  }

  private static JsonNode tree(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new JsonParseException(parser, "No JSON value");
    }
    JsonNode tree = value(parser);
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "Text after the JSON value");
    }
    return tree;
  }

  /// The value that the parser stands on, as a tree; the parser then stands on its end.
  ///
  /// @throws IOException if it is no JSON, or has a number whose exponent is out of all bounds
  static JsonNode value(JsonParser parser) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(parser);
      return tree == null ? MAPPER.nullNode() : tree;
    } catch (NumberFormatException outOfBounds) {
      throw new JsonParseException(parser, "Number out of range", outOfBounds);
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /// A value as compact JSON. Its own `toString` would write the same, with buffers that it leaves
  /// to the thread.
  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("A tree can always be written", impossible);
    }
  }

  /// A text as a JSON string.
  static String quoted(String text) {
    return write(MAPPER.getNodeFactory().textNode(text));
  }

  static JsonText text(JsonNode node) {
    return new JsonText(write(node));
  }

  /// Whether a value is a filler: null, or an empty text, list or object.
  static boolean saysNothing(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty());
  }
}
