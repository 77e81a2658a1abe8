package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Knows content blocks that callers write in Bedrock's own form, unions with one key.
final class NativeBlocks {

  /// The members of Converse's content unions that live models take.
  private static final Set<String> MEMBERS =
      Set.of(
          "text",
          "image",
          "document",
          "video",
          "audio",
          "json",
          "toolUse",
          "toolResult",
          "guardContent",
          "cachePoint",
          "reasoningContent",
          "citationsContent",
          "searchResult");

  private NativeBlocks() {}

  /// The one member that a block has; empty if it is not in Bedrock's form.
  static Optional<String> memberOf(ObjectNode block) {
    List<String> found = new ArrayList<>();
    block.fieldNames().forEachRemaining(found::add);
    found.retainAll(MEMBERS);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// The block in the gateway's vocabulary, for those members that the rules of Converse bind to
  /// other blocks; empty for those that may be passed on as they are.
  ///
  /// @param json the whole block
  static Optional<ContentBlock> known(String member, JsonNode value, JsonText json) {
    return switch (member) {
      case "text" -> textOf(value).map(ContentBlock.Text::of);
      case "json" -> Optional.of(new ContentBlock.Json(JsonTrees.write(value), Extras.NONE));
      case "toolUse" -> Optional.of(toolUse(value));
      case "toolResult" -> Optional.of(toolResult(value));
      case "reasoningContent" ->
          Optional.of(new ContentBlock.Reasoning("", Optional.of(json), Extras.NONE));
      case "cachePoint" ->
          Optional.of(
              new ContentBlock.CachePoint(
                  value.path("ttl").asText(""), extrasOf(value, Set.of("type", "ttl"))));
      default -> Optional.empty();
    };
  }

  private static Optional<String> textOf(JsonNode value) {
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  private static ContentBlock toolUse(JsonNode value) {
    JsonNode input = value.path("input");
    return new ContentBlock.ToolUse(
        value.path("toolUseId").asText(""),
        value.path("name").asText(""),
        input.isMissingNode() ? "" : JsonTrees.text(input),
        extrasOf(value, Set.of("toolUseId", "name", "input")));
  }

  private static ContentBlock toolResult(JsonNode value) {
    List<ContentBlock> content = new ArrayList<>();
    for (JsonNode part : value.path("content")) {
      content.add(new ContentBlock.Other("", JsonTrees.write(part)));
    }
    return new ContentBlock.ToolResult(
        value.path("toolUseId").asText(""),
        content,
        value.path("status").asText("").equals("error"),
        extrasOf(value, Set.of("toolUseId", "content", "status")));
  }

  /// The members of an object that are not understood.
  static Extras extrasOf(JsonNode value, Set<String> understood) {
    Map<String, JsonText> extras = new LinkedHashMap<>();
    value
        .properties()
        .forEach(
            field -> {
              if (!understood.contains(field.getKey())) {
                extras.put(field.getKey(), JsonTrees.write(field.getValue()));
              }
            });
    return new Extras(extras);
  }
}
