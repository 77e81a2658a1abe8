package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// How the JSON of callers is read: strictly, and with limits.
final class RequestJson {
  /// How deep a body may be nested.
  static final int MAX_DEPTH = 200;

  private static final int MAX_NUMBER = 1000;

  private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // RFC 8259, section 8.1: JSON is sent in UTF-8. No guess that it is something else.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  // The limit on the body is the limit on its strings: pictures are strings.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /// Numbers keep the form in which they were written.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private RequestJson() {}

  static JsonParser parser(byte[] body) throws IOException {
    return FACTORY.createParser(body);
  }

  /// The body without the byte order mark that some editors and shells put before it.
  static byte[] withoutMark(byte[] body) {
    boolean marked =
        body.length >= MARK.length && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length);
    return marked ? Arrays.copyOfRange(body, MARK.length, body.length) : body;
  }

  /// The value that the parser stands on.
  ///
  /// @throws IOException if it is no JSON, or has a number whose exponent is out of all bounds
  static JsonNode value(JsonParser parser) throws IOException {
    try {
      JsonNode value = MAPPER.readTree(parser);
      return value == null ? MAPPER.nullNode() : value;
    } catch (NumberFormatException outOfBounds) {
      throw new JsonParseException(parser, "Number out of range", outOfBounds);
    }
  }

  static JsonText text(JsonNode value) {
    return new JsonText(value.toString());
  }

  /// The fields of an object but for those that have a place of their own.
  static Extras extras(JsonNode object, Set<String> known) {
    Map<String, JsonText> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        fields.put(field.getKey(), text(field.getValue()));
      }
    }
    return fields.isEmpty() ? Extras.NONE : new Extras(fields);
  }
}
