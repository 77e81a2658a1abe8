package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import java.util.List;
import java.util.Set;

/// Writes blocks of content.
record Blocks(Notes notes) {
  private static final String CACHE = "cache_control";
  private static final Set<String> DOCUMENT_FIELDS = Set.of(CACHE, "citations", "context", "title");

  /// @param path of what holds the blocks
  /// @param target gets them
  void write(List<ContentBlock> blocks, String path, ArrayNode target) {
    Thoughts thoughts = new Thoughts(notes, path);
    for (int i = 0; i < blocks.size(); i++) {
      String place = path + ".content[" + i + "]";
      switch (blocks.get(i)) {
        case ContentBlock.Reasoning reasoning -> thoughts.write(reasoning, place, target);
        case ContentBlock.CachePoint point -> cache(point, place, target);
        case ContentBlock.Text text -> text(text.text(), text, place, target);
        case ContentBlock.Refusal refusal -> {
          notes.changed(place, "Anthropic gets the text of the refusal as text.");
          text(refusal.text(), refusal, place, target);
        }
        case ContentBlock other -> write(other, place, target);
      }
    }
    thoughts.settle();
  }

  private void write(ContentBlock block, String place, ArrayNode target) {
    switch (block) {
      case ContentBlock.Image image ->
          add("image", image, place, target).set("source", Media.image(image.source(), place));
      case ContentBlock.Document document -> document(document, place, target);
      case ContentBlock.ToolUse call -> call(call, place, target);
      case ContentBlock.ToolResult result -> result(result, place, target);
      case ContentBlock.Json json -> text(json.value().text(), json, place, target);
      default -> throw Notes.unsupported(place, "this kind of content");
    }
  }

  /// Starts a block with what the caller says of it in Anthropic's own words.
  private ObjectNode add(String type, ContentBlock block, String place, ArrayNode target) {
    Set<String> known = block instanceof ContentBlock.Document ? DOCUMENT_FIELDS : Set.of(CACHE);
    ObjectNode written = target.addObject().put("type", type);
    block
        .extras()
        .fields()
        .forEach(
            (name, value) -> {
              if (known.contains(name) && !Notes.isNull(value)) {
                written.putRawValue(name, Json.verbatim(value));
              }
            });
    notes.unknown(place, block.extras(), known);
    return written;
  }

  private void text(String text, ContentBlock block, String place, ArrayNode target) {
    if (!text.isBlank()) {
      add("text", block, place, target).put("text", text);
    } else if (!text.isEmpty()) {
      notes.dropped(place, "Anthropic takes no text that is only white space.");
    }
  }

  private void document(ContentBlock.Document document, String place, ArrayNode target) {
    ObjectNode written = add("document", document, place, target);
    written.set("source", Media.document(document.source(), place));
    if (!document.name().isEmpty() && !written.has("title")) {
      written.put("title", document.name());
    }
  }

  private void call(ContentBlock.ToolUse call, String place, ArrayNode target) {
    ObjectNode written = add("tool_use", call, place, target);
    written.put("id", call.id()).put("name", call.name());
    String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
    if (JsonText.isValid(arguments) && new JsonText(arguments).isObject()) {
      written.putRawValue("input", Json.verbatim(new JsonText(arguments)));
    } else {
      notes.changed(place, "Its arguments are no JSON object; they are sent as text in one.");
      written.putObject("input").put("arguments", arguments);
    }
  }

  private void result(ContentBlock.ToolResult result, String place, ArrayNode target) {
    ObjectNode written = add("tool_result", result, place, target);
    written.put("tool_use_id", result.toolUseId());
    ArrayNode content = Json.array();
    write(result.content(), place, content);
    if (!content.isEmpty()) {
      written.set("content", content);
    }
    if (result.error()) {
      written.put("is_error", true);
    }
  }

  /// Anthropic marks the last block of what is to be cached.
  private void cache(ContentBlock.CachePoint point, String place, ArrayNode target) {
    JsonNode last = target.path(target.size() - 1);
    if (!(last instanceof ObjectNode marked)) {
      notes.dropped(place, "There is nothing before it that Anthropic can cache.");
      return;
    }
    ObjectNode mark = marked.putObject(CACHE).put("type", "ephemeral");
    if (!point.timeToLive().isEmpty()) {
      mark.put("ttl", point.timeToLive());
    }
  }
}
