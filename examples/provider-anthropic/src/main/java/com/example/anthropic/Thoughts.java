package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import java.util.ArrayList;
import java.util.List;

/// Sends back what the model thought in one of its earlier messages, exactly as it came. Anthropic
/// takes nothing else: it checks the signature. Clients often send the bare text as well, which is
/// no loss if the blocks hold it.
final class Thoughts {
  private final Notes notes;
  private final String path;
  private final StringBuilder sent = new StringBuilder();
  private final List<String> bare = new ArrayList<>();

  /// @param path of the message
  Thoughts(Notes notes, String path) {
    this.notes = notes;
    this.path = path;
  }

  void write(ContentBlock.Reasoning reasoning, String place, ArrayNode target) {
    if (reasoning.opaque().isEmpty()) {
      bare.add(reasoning.text());
      return;
    }
    JsonNode block = Json.read(reasoning.opaque().get());
    if (isAnthropics(block)) {
      target.addRawValue(Json.verbatim(reasoning.opaque().get()));
      sent.append(block.path("thinking").asText(""));
    } else {
      notes.dropped(place, "It is not a block of reasoning that Anthropic has signed.");
    }
  }

  private static boolean isAnthropics(JsonNode block) {
    return switch (block.path("type").asText("")) {
      case "thinking" -> !block.path("signature").asText("").isEmpty();
      case "redacted_thinking" -> block.has("data");
      default -> false;
    };
  }

  /// Reports once if something of it is lost.
  void settle() {
    if (bare.stream().anyMatch(text -> !sent.toString().contains(text.strip()))) {
      notes.dropped(
          path, "Anthropic takes reasoning back only as the signed blocks that the answer gave.");
    }
  }
}
