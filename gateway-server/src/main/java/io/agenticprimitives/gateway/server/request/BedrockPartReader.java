package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.Optional;
import java.util.Set;

/// Reads the content blocks of Bedrock (API reference, "ContentBlock"): objects whose one key is
/// their kind.
final class BedrockPartReader {
  private static final Set<String> KINDS =
      Set.of(
          "text",
          "image",
          "document",
          "json",
          "toolUse",
          "toolResult",
          "reasoningContent",
          "cachePoint",
          "guardContent",
          "video",
          "audio",
          "citationsContent",
          "searchResult");

  private final Faults faults;
  private final ContentReader content;

  BedrockPartReader(Faults faults, ContentReader content) {
    this.faults = faults;
    this.content = content;
  }

  static boolean knows(JsonNode part) {
    return part.size() == 1 && KINDS.contains(part.propertyStream().findFirst().get().getKey());
  }

  Optional<ContentBlock> read(JsonNode part, Location place) {
    if (part.isEmpty()) {
      faults.missing(place.field("type"), part);
      return Optional.empty();
    }
    String kind = part.propertyStream().findFirst().get().getKey();
    JsonNode value = part.path(kind);
    return switch (kind) {
      case "text" ->
          content
              .text(part, "text", place)
              .map(text -> new ContentBlock.Text(text, RequestJson.extras(part, Set.of("text"))));
      case "json" -> Optional.of(new ContentBlock.Json(RequestJson.text(value), Extras.NONE));
      case "image" ->
          MediaReader.bedrock(value, true)
              .<ContentBlock>map(source -> new ContentBlock.Image(source, Extras.NONE))
              .or(() -> other(kind, part));
      case "document" -> document(value).or(() -> other(kind, part));
      case "toolUse" -> toolUse(value, place.field(kind));
      case "toolResult" -> toolResult(value, place.field(kind));
      case "reasoningContent" ->
          Optional.of(
              new ContentBlock.Reasoning(
                  value.path("reasoningText").path("text").asText(""),
                  Optional.of(RequestJson.text(part)),
                  Extras.NONE));
      case "cachePoint" ->
          Optional.of(
              new ContentBlock.CachePoint(
                  value.path("ttl").asText(""), RequestJson.extras(value, Set.of("type", "ttl"))));
      default -> other(kind, part);
    };
  }

  private static Optional<ContentBlock> other(String kind, JsonNode part) {
    return Optional.of(new ContentBlock.Other(kind, RequestJson.text(part)));
  }

  private static Optional<ContentBlock> document(JsonNode document) {
    return MediaReader.bedrock(document, false)
        .map(
            source ->
                new ContentBlock.Document(
                    source,
                    document.path("name").asText(""),
                    RequestJson.extras(document, Set.of("name", "format", "source"))));
  }

  private Optional<ContentBlock> toolUse(JsonNode call, Location place) {
    Optional<String> id = content.text(call, "toolUseId", place);
    Optional<String> name = content.text(call, "name", place);
    if (id.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ContentBlock.ToolUse(
            id.get(),
            name.get(),
            ToolCallReader.arguments(call.path("input")),
            RequestJson.extras(call, Set.of("toolUseId", "name", "input"))));
  }

  private Optional<ContentBlock> toolResult(JsonNode result, Location place) {
    return content
        .text(result, "toolUseId", place)
        .map(
            id ->
                new ContentBlock.ToolResult(
                    id,
                    content.readResult(result.path("content"), place.field("content")),
                    result.path("status").asText().equals("error"),
                    RequestJson.extras(result, Set.of("toolUseId", "content", "status"))));
  }
}
