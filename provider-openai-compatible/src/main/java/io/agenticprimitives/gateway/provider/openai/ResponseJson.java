package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How the JSON of an upstream is read: with limits on depth and length, whatever it sends.
///
/// Text is always decoded before it is parsed, so that bytes that are not UTF-8 become the
/// replacement character instead of ending an answer: servers that cut tokens inside a character
/// send such bytes.
final class ResponseJson {
  /// How deep a body may be nested; below [io.agenticprimitives.gateway.api.JsonText#MAX_DEPTH], so
  /// that any part of it, with what is wrapped around it, is a valid `JsonText`.
  static final int MAX_DEPTH = 500;

  /// The longest string, in characters: no limit but that of the body around it.
  private static final int MAX_STRING = 64 << 20;

  /// Buffers are kept by the factory and not by threads: threads outlive this plugin.
  private static final int KEPT_BUFFERS = 64;

  /// Python servers write `NaN` and `Infinity`, in log probabilities for instance.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(KEPT_BUFFERS))
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ResponseJson() {}

  static JsonParser parser(String json) throws IOException {
    return FACTORY.createParser(json);
  }

  /// The whole text as a tree.
  ///
  /// @throws IOException if it is not exactly one JSON value
  static JsonNode tree(String json) throws IOException {
    try (JsonParser parser = parser(json)) {
      if (parser.nextToken() == null) {
        throw new JsonParseException(parser, "No JSON value");
      }
      JsonNode tree = tree(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "Text after the JSON value");
      }
      return tree;
    }
  }

  /// The value that the parser stands on, as a tree; the parser then stands on its end.
  ///
  /// @throws IOException if it is no JSON, or has a number whose exponent is out of all bounds
  static JsonNode tree(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return MAPPER.getNodeFactory().textNode(parser.getText());
    }
    try {
      JsonNode tree = MAPPER.readTree(parser);
      return tree == null ? MAPPER.nullNode() : tree;
    } catch (NumberFormatException outOfBounds) {
      throw new JsonParseException(parser, "Number out of range", outOfBounds);
    }
  }

  /// The whole text as a tree, or null if it is not exactly one JSON value.
  static @Nullable JsonNode treeOrNull(String text) {
    try {
      return tree(text);
    } catch (IOException notJson) {
      return null;
    }
  }

  /// The text that the parser stands on; empty for null and for arrays and objects, which are
  /// skipped.
  static String text(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isStructStart()) {
      parser.skipChildren();
      return "";
    }
    return token == JsonToken.VALUE_NULL ? "" : parser.getText();
  }

  /// A string as it is, any other value as compact JSON, null as nothing.
  static String textOrJson(JsonParser parser) throws IOException {
    return parser.currentToken().isStructStart() ? write(tree(parser)) : text(parser);
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

  /// Whether a value is one of the fillers that servers send for fields they do not use: null, an
  /// empty text or list, or an object of nothing but these and zeros.
  static boolean saysNothing(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> true;
      case STRING -> value.textValue().isEmpty();
      case ARRAY -> value.isEmpty();
      case OBJECT -> value.valueStream().allMatch(ResponseJson::isFillerInObject);
      case NUMBER, BOOLEAN, BINARY, POJO -> false;
    };
  }

  private static boolean isFillerInObject(JsonNode value) {
    return (value.isNumber() && value.doubleValue() == 0) || saysNothing(value);
  }
}
