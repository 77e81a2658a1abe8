package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// Vectors of four numbers: the length of the text, 0.5, -1.25 and the place in the list.
final class EmbeddingsFake {
  private EmbeddingsFake() {}

  static String answer(JsonNode body) {
    Json.objectOf(body, "body", Set.of("model", "input", "encoding_format", "dimensions", "user"));
    ModelNames.require(Json.text(body, "model", "body"));
    String format = body.path("encoding_format").asText("float");
    Refused.unless(Set.of("float", "base64").contains(format), "encoding_format " + format);
    ObjectNode answer = Json.object().put("object", "list").put("model", ModelNames.MODEL);
    ArrayNode data = answer.putArray("data");
    List<String> inputs = inputs(body.path("input"));
    for (int index = 0; index < inputs.size(); index++) {
      float[] vector = {inputs.get(index).length(), 0.5f, -1.25f, index};
      ObjectNode entry = data.addObject().put("object", "embedding").put("index", index);
      write(vector, format, entry);
    }
    answer.putObject("usage").put("prompt_tokens", 5).put("total_tokens", 5);
    return answer.toString();
  }

  private static List<String> inputs(JsonNode input) {
    if (input.isTextual()) {
      return List.of(input.textValue());
    }
    List<String> inputs = new ArrayList<>();
    for (JsonNode element : input) {
      Refused.unless(element.isTextual(), "input must be texts");
      inputs.add(element.textValue());
    }
    Refused.unless(!inputs.isEmpty(), "input is empty");
    return inputs;
  }

  private static void write(float[] vector, String format, ObjectNode entry) {
    if (format.equals("base64")) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      entry.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
    } else {
      ArrayNode numbers = entry.putArray("embedding");
      for (float number : vector) {
        numbers.add(number);
      }
    }
  }
}
