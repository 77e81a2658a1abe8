package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the content of messages: plain text, or parts in the form of OpenAI, Anthropic (both name
/// their kind in `type`) or Bedrock (whose kind is the one key that a part has).
final class ContentReader {
  private final Faults faults;
  private final TypedPartReader typed;
  private final BedrockPartReader bedrock;

  ContentReader(Faults faults) {
    this.faults = faults;
    this.typed = new TypedPartReader(faults, this);
    this.bedrock = new BedrockPartReader(faults, this);
  }

  /// @param content null and absent content have no blocks
  List<ContentBlock> read(JsonNode content, Location place) {
    if (content.isTextual()) {
      return List.of(ContentBlock.Text.of(content.textValue()));
    }
    List<ContentBlock> blocks = new ArrayList<>();
    if (content.isArray()) {
      for (int i = 0; i < content.size(); i++) {
        part(content.get(i), place.item(i)).ifPresent(blocks::add);
      }
    } else if (content.isObject()) {
      part(content, place).ifPresent(blocks::add);
    } else if (!content.isNull() && !content.isMissingNode()) {
      faults.notAString(place, content);
    }
    return blocks;
  }

  /// What a tool gave back: also any JSON value.
  List<ContentBlock> readResult(JsonNode content, Location place) {
    boolean blocks =
        content.isTextual()
            || content.isNull()
            || content.isMissingNode()
            || (content.isArray() && content.valueStream().allMatch(ContentReader::isPart));
    return blocks
        ? read(content, place)
        : List.of(new ContentBlock.Json(RequestJson.text(content), Extras.NONE));
  }

  /// Whether a value in a list looks like a part and not like a piece of a tool's own data.
  private static boolean isPart(JsonNode value) {
    return value.isObject()
        && (TypedPartReader.knows(value.path("type").asText()) || BedrockPartReader.knows(value));
  }

  private Optional<ContentBlock> part(JsonNode part, Location place) {
    if (part.isTextual()) {
      return Optional.of(ContentBlock.Text.of(part.textValue()));
    }
    if (!part.isObject()) {
      faults.notADictionary(place, part);
      return Optional.empty();
    }
    if (part.path("type").isTextual()) {
      return typed.read(part, place);
    }
    return bedrock.read(part, place);
  }

  /// A required text of a part.
  Optional<String> text(JsonNode part, String field, Location place) {
    JsonNode value = part.path(field);
    if (value.isTextual()) {
      return Optional.of(value.textValue());
    }
    if (value.isMissingNode()) {
      faults.missing(place.field(field), part);
    } else {
      faults.notAString(place.field(field), value);
    }
    return Optional.empty();
  }
}
