package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A piece of a content block (`contentBlockDelta`), read without a tree for the kinds that come by
/// the thousand. The members may stand in any order; the padding `p` is skipped.
///
/// A member that the piece does not have is null.
final class BlockDelta {
  private int index;
  private @Nullable String text;
  private @Nullable String toolInput;
  private @Nullable String reasoning;
  private @Nullable String signature;
  private @Nullable String redacted;
  private @Nullable ObjectNode other;

  private BlockDelta() {}

  /// @throws IOException if it is not a JSON object
  static BlockDelta read(byte[] payload) throws IOException {
    BlockDelta delta = new BlockDelta();
    try (JsonParser parser = ResponseJson.parser(payload)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "Not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("contentBlockIndex") && value == JsonToken.VALUE_NUMBER_INT) {
          delta.index = parser.getIntValue();
        } else if (name.equals("delta") && value == JsonToken.START_OBJECT) {
          delta.readDelta(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
    return delta;
  }

  private void readDelta(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "text" -> text = textOf(parser);
        case "toolUse" -> readToolUse(parser, value);
        case "reasoningContent" -> readReasoning(parser, value);
        default -> {
          if (other == null) {
            other = ResponseJson.object();
          }
          other.set(name, ResponseJson.value(parser));
        }
      }
    }
  }

  private void readToolUse(JsonParser parser, JsonToken start) throws IOException {
    if (start != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("input")) {
        // Arguments that come as JSON and not as text are taken all the same.
        toolInput =
            value.isStructStart() ? ResponseJson.write(ResponseJson.value(parser)) : textOf(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readReasoning(JsonParser parser, JsonToken start) throws IOException {
    if (start != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "text" -> reasoning = textOf(parser);
        case "signature" -> signature = textOf(parser);
        case "redactedContent" -> redacted = textOf(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private static @Nullable String textOf(JsonParser parser) throws IOException {
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
      return null;
    }
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  /// The place of the block among all blocks of the answer.
  int index() {
    return index;
  }

  @Nullable String text() {
    return text;
  }

  /// A piece of the JSON text of a call's arguments.
  @Nullable String toolInput() {
    return toolInput;
  }

  @Nullable String reasoning() {
    return reasoning;
  }

  @Nullable String signature() {
    return signature;
  }

  /// Encrypted reasoning, in base64.
  @Nullable String redacted() {
    return redacted;
  }

  /// Everything else, as it came.
  @Nullable ObjectNode other() {
    return other;
  }
}
