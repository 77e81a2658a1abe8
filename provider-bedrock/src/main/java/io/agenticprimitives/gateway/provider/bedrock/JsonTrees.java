package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;

/// Reads the few parts of a request that must be understood, not only passed on. Numbers keep every
/// digit. Thread-safe.
final class JsonTrees {
  private static final int KEPT_BUFFERS = 64;

  /// Makes every generator and parser here; pictures make strings long, so only the size of the
  /// request limits them. Buffers are kept by the factory and not by threads: threads outlive this
  /// plugin.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(KEPT_BUFFERS))
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonTrees() {}

  static JsonNode read(JsonText json, String path) {
    try {
      return MAPPER.readTree(json.text());
    } catch (JacksonException | NumberFormatException fault) {
      throw Reports.invalid(path, "The gateway cannot read this JSON value.");
    }
  }

  static ObjectNode readObject(JsonText json, String path) {
    if (read(json, path) instanceof ObjectNode object) {
      return object;
    }
    throw Reports.invalid(path, "This must be a JSON object.");
  }

  static ObjectNode emptyObject() {
    return MAPPER.createObjectNode();
  }

  /// A value as compact JSON. Its own `toString` would write the same, with buffers that it leaves
  /// to the thread.
  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("A tree can always be written", impossible);
    }
  }

  static JsonText write(JsonNode node) {
    return new JsonText(text(node));
  }

  /// An object with one member.
  static JsonText wrap(String member, JsonNode value) {
    return write(emptyObject().set(member, value));
  }

  /// Puts the members of one object over those of another, objects within them alike.
  static void merge(ObjectNode under, ObjectNode over) {
    over.properties()
        .forEach(
            member -> {
              if (under.get(member.getKey()) instanceof ObjectNode below
                  && member.getValue() instanceof ObjectNode above) {
                merge(below, above);
              } else {
                under.set(member.getKey(), member.getValue());
              }
            });
  }
}
