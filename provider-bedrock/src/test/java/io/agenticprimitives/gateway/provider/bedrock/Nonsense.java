package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/// JSON made of Converse's own words in places where they do not belong.
final class Nonsense {
  private static final List<String> NAMES =
      List.of(
          "contentBlockIndex",
          "delta",
          "start",
          "text",
          "toolUse",
          "toolUseId",
          "name",
          "input",
          "type",
          "toolResult",
          "content",
          "reasoningContent",
          "reasoningText",
          "signature",
          "redactedContent",
          "citation",
          "image",
          "source",
          "bytes",
          "stopReason",
          "usage",
          "inputTokens",
          "outputTokens",
          "output",
          "message",
          "trace",
          "p",
          "strange");

  private static final List<String> WORDS =
      List.of("", "a", "end_turn", "server_tool_use", "{}", "YQ==", "\uD800", "tool_use");

  private Nonsense() {}

  static String json(Random random) {
    return value(random, 4, true).toString();
  }

  private static JsonNode value(Random random, int depth, boolean object) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    int kind = object ? 5 : random.nextInt(depth == 0 ? 4 : 7);
    return switch (kind) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(3));
      case 3 -> nodes.textNode(WORDS.get(random.nextInt(WORDS.size())));
      case 4 -> {
        ArrayNode array = nodes.arrayNode();
        for (int count = random.nextInt(3); count > 0; count--) {
          array.add(value(random, depth - 1, false));
        }
        yield array;
      }
      default -> {
        ObjectNode members = nodes.objectNode();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
          members.set(
              NAMES.get(random.nextInt(NAMES.size())),
              value(random, depth - 1, random.nextBoolean() && depth > 1));
        }
        yield members;
      }
    };
  }
}
