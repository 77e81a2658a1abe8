package interop.fakes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/// Strict JSON, and the checks of its shape that both dialects need.
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static JsonNode parse(byte[] bytes, String what) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException wrong) {
      throw new Refused(what + " is not JSON: " + wrong.getMessage());
    }
  }

  static JsonNode parse(String text, String what) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new Refused(what + " is not JSON: " + text);
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// A member that must be an object, without other members than these.
  static JsonNode objectOf(JsonNode value, String path, Set<String> members) {
    Refused.unless(value.isObject(), path + " must be an object");
    value
        .fieldNames()
        .forEachRemaining(
            name -> Refused.unless(members.contains(name), "unknown member " + path + "." + name));
    return value;
  }

  static String text(JsonNode object, String name, String path) {
    Refused.unless(object.path(name).isTextual(), path + "." + name + " must be a string");
    return object.path(name).textValue();
  }

  static JsonNode list(JsonNode object, String name, String path) {
    JsonNode list = object.path(name);
    Refused.unless(list.isArray() && !list.isEmpty(), path + "." + name + " must be a list");
    return list;
  }
}
