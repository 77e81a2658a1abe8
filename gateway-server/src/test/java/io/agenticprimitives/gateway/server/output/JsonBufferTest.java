package io.agenticprimitives.gateway.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonBufferTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  private final JsonBuffer json = new JsonBuffer();

  @Test
  void everythingBeyondAsciiAndEveryControlCharacterIsEscaped() {
    json.value("a\u0000\b\t\n\f\r\u001f \"\\/\u007f\u0085\u00fc\u2028\u2029\ud83d\ude00\ud800");
    assertThat(json.toString())
        .isEqualTo(
            "\"a\\u0000\\u0008\\t\\n\\u000c\\r\\u001f \\\"\\\\/\\u007f\\u0085\\u00fc\\u2028\\u2029"
                + "\\ud83d\\ude00\\ud800\"");
  }

  @Test
  void commasStandBetweenValuesAndNowhereElse() {
    json.object()
        .field("a", 1)
        .name("b")
        .array()
        .value("x")
        .value(true)
        .nullValue()
        .array()
        .endArray()
        .object()
        .endObject()
        .endArray()
        .name("c")
        .object()
        .endObject()
        .endObject();
    assertThat(json.toString()).isEqualTo("{\"a\":1,\"b\":[\"x\",true,null,[],{}],\"c\":{}}");
  }

  @Test
  void jsonThatIsThereAlreadyKeepsItsDigitsAndLosesItsSpace() {
    json.object()
        .field(
            "raw",
            new JsonText(" { \"a\\\"\\\\ \" : [ 1.0 , 1E400,\n-0 ] , \"\u00fc\" : \"\u2028\" } "))
        .field("next", 2)
        .endObject();
    assertThat(json.toString())
        .isEqualTo("{\"raw\":{\"a\\\"\\\\ \":[1.0,1E400,-0],\"\\u00fc\":\"\\u2028\"},\"next\":2}");
  }

  @Test
  void whatComesAfterFramingBeginsAnew() {
    json.framing("data: ")
        .object()
        .endObject()
        .framing("\n\n")
        .framing("data: ")
        .object()
        .endObject();
    assertThat(json.toString()).isEqualTo("data: {}\n\ndata: {}");
  }

  @Test
  void drainingWritesEverythingOnceAndEmptiesTheBuffer() throws IOException {
    ByteArrayOutputStream drained = new ByteArrayOutputStream();
    json.value("x".repeat(200_000)).drainTo(drained);
    json.value("y").drainTo(drained);
    assertThat(json.size()).isZero();
    assertThat(drained.toString(StandardCharsets.US_ASCII))
        .isEqualTo("\"" + "x".repeat(200_000) + "\"\"y\"");
  }

  /// Another implementation reads what was written; it must find the same values.
  @Test
  void randomValuesAreReadBackByAnotherParser() throws IOException {
    Random random = new Random(20261124);
    for (int i = 0; i < 3_000; i++) {
      JsonNode value = randomValue(random, 4);
      json.clear();
      write(value);
      assertThat(json.toString()).matches("[ -~]*");
      assertThat(JACKSON.readTree(json.toString())).isEqualTo(value);

      JsonBuffer copied = new JsonBuffer().value(new JsonText(pretty(value)));
      assertThat(copied.toString()).matches("[ -~]*");
      assertThat(JACKSON.readTree(copied.toString())).isEqualTo(value);
    }
  }

  private static String pretty(JsonNode value) throws IOException {
    return JACKSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  private void write(JsonNode value) {
    if (value.isObject()) {
      json.object();
      value
          .properties()
          .forEach(
              entry -> {
                json.name(entry.getKey());
                write(entry.getValue());
              });
      json.endObject();
    } else if (value.isArray()) {
      json.array();
      value.forEach(this::write);
      json.endArray();
    } else if (value.isTextual()) {
      json.value(value.textValue());
    } else if (value.isNumber()) {
      json.value(value.longValue());
    } else if (value.isBoolean()) {
      json.value(value.booleanValue());
    } else {
      json.nullValue();
    }
  }

  private static JsonNode randomValue(Random random, int depth) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> make.textNode(randomText(random));
      case 1 -> make.numberNode(random.nextLong());
      case 2 -> make.booleanNode(random.nextBoolean());
      case 3 -> make.nullNode();
      case 4 -> {
        ArrayNode array = make.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(randomValue(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = make.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(randomText(random), randomValue(random, depth - 1));
        }
        yield object;
      }
    };
  }

  /// Whole characters only: half a surrogate pair has no form that another writer would agree on.
  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int character =
          random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(Character.MAX_CODE_POINT);
      boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
      text.appendCodePoint(half ? ' ' : character);
    }
    return text.toString();
  }
}
