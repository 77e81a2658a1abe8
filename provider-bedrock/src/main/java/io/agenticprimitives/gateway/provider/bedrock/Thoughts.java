package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the model thought in one of its earlier messages. Bedrock takes it back in its own form
/// only, with the signature, or encrypted; callers send it in several forms at once: the blocks as
/// the answer gave them, and their text. What the blocks hold is not lost when the text is left
/// out.
final class Thoughts {

  /// Fields of messages in which thoughts come that are not told apart from others by the gateway.
  static final Set<String> FIELDS = Set.of("reasoning", "reasoning_content", "reasoning_details");

  private final Reports reports;
  private final String path;
  private final StringBuilder kept = new StringBuilder();
  private final List<String> texts = new ArrayList<>();
  private boolean unsigned;

  /// @param path of the message
  Thoughts(Reports reports, String path) {
    this.reports = reports;
    this.path = path;
  }

  /// The piece that a block becomes, if Bedrock takes it.
  ///
  /// @param place of the block
  Optional<Piece> piece(ContentBlock.Reasoning reasoning, String place) {
    texts.add(reasoning.text());
    if (reasoning.opaque().isEmpty()) {
      return Optional.empty();
    }
    JsonText block = reasoning.opaque().get();
    if (!isSigned(block, place)) {
      unsigned = true;
      return Optional.empty();
    }
    return Optional.of(new Piece.Native(place, "reasoningContent", block.text()));
  }

  /// Takes in what came in fields of the message.
  void addFields(Extras extras) {
    for (Map.Entry<String, JsonText> field : extras.fields().entrySet()) {
      if (FIELDS.contains(field.getKey())) {
        JsonNode value = JsonTrees.read(field.getValue(), Reports.at(path, field.getKey()));
        texts.add(value.asText(""));
        unsigned |= value.isContainerNode() && !value.isEmpty();
      }
    }
  }

  /// Whether a block is of Bedrock's form and has the signature, or the encrypted content, without
  /// which the service refuses it.
  private boolean isSigned(JsonText opaque, String place) {
    JsonNode block = JsonTrees.read(opaque, place);
    JsonNode reasoning = block.path("reasoningContent");
    boolean signed = !reasoning.path("reasoningText").path("signature").asText("").isEmpty();
    boolean redacted = !reasoning.path("redactedContent").asText("").isEmpty();
    if (block.size() != 1 || !(signed || redacted)) {
      return false;
    }
    kept.append(reasoning.path("reasoningText").path("text").asText(""));
    return true;
  }

  /// Reports once if something of it is lost.
  void settle() {
    boolean lost = texts.stream().anyMatch(text -> !kept.toString().contains(text.strip()));
    if (lost || unsigned) {
      reports.dropped(
          Reports.at(path, "reasoning"),
          "Bedrock takes reasoning back only with its signature: send reasoning_blocks as the"
              + " answer gave them.");
    }
  }
}
