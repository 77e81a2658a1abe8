package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Checks content blocks, each for itself.
final class BlockValidator {
  private static final Map<String, Set<String>> BY_PLACE =
      Map.of(
          "system",
          Set.of("text", "guardContent", "cachePoint"),
          "user",
          Set.of(
              "text",
              "image",
              "document",
              "video",
              "audio",
              "toolResult",
              "guardContent",
              "cachePoint",
              "searchResult"),
          "assistant",
          Set.of(
              "text",
              "toolUse",
              "toolResult",
              "guardContent",
              "cachePoint",
              "reasoningContent",
              "citationsContent"),
          "result",
          Set.of("text", "json", "image", "document", "video", "searchResult"));

  private final Violations violations;
  private final Set<String> documentNames = new HashSet<>();

  BlockValidator(Violations violations) {
    this.violations = violations;
  }

  /// @param kind `system`, `user`, `assistant` or `result`
  void list(JsonNode blocks, String place, String kind) {
    violations.check(blocks.isArray() && !blocks.isEmpty(), place, "must not be empty");
    for (int i = 0; i < blocks.size(); i++) {
      String at = place + "." + i;
      String member = violations.union(blocks.get(i), at, BY_PLACE.getOrDefault(kind, Set.of()));
      if (!member.isEmpty()) {
        value(member, blocks.get(i).get(member), at + "." + member, kind);
      }
    }
  }

  private void value(String member, JsonNode value, String place, String kind) {
    switch (member) {
      case "text" -> violations.notBlank(value, place);
      case "json" -> violations.check(value.isObject(), place, "must be an object");
      case "image" -> image(value, place);
      case "document" -> document(value, place);
      case "video" -> {
        violations.members(value, place, Set.of("format", "source"), Set.of());
        source(value.path("source"), place, Set.of("bytes", "s3Location"));
      }
      case "audio" -> audio(value, place);
      case "toolUse" -> toolUse(value, place);
      case "toolResult" -> toolResult(value, place, kind);
      case "cachePoint" -> cachePoint(value, place);
      case "reasoningContent" -> reasoning(value, place);
      default -> violations.check(value.isObject(), place, "must be an object");
    }
  }

  private void image(JsonNode image, String place) {
    violations.members(image, place, Set.of("format", "source"), Set.of());
    violations.oneOf(image.path("format"), place, Set.of("png", "jpeg", "gif", "webp"));
    source(image.path("source"), place, Set.of("bytes", "s3Location"));
    boolean png = image.path("source").path("bytes").asText("").startsWith("iVBORw0KGgo");
    violations.check(
        !png || image.path("format").asText().equals("png"), place, "format must match the bytes");
  }

  private void document(JsonNode document, String place) {
    violations.members(
        document, place, Set.of("name", "source"), Set.of("format", "context", "citations"));
    violations.matches(document.path("name"), place, "(?!.*  )[a-zA-Z0-9_ ()\\[\\]-]{1,200}");
    violations.check(
        documentNames.add(document.path("name").asText()), place, "duplicate document name");
    violations.oneOf(
        document.path("format"),
        place,
        Set.of("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"));
    source(document.path("source"), place, Set.of("bytes", "s3Location", "text", "content"));
  }

  private void audio(JsonNode audio, String place) {
    violations.members(audio, place, Set.of("format", "source"), Set.of());
    violations.oneOf(audio.path("format"), place, Set.of("mp3", "wav", "flac", "ogg", "pcm"));
    source(audio.path("source"), place, Set.of("bytes", "s3Location"));
  }

  private void source(JsonNode source, String place, Set<String> members) {
    String member = violations.union(source, place + ".source", members);
    if (member.equals("bytes")) {
      boolean decoded;
      try {
        decoded = Base64.getDecoder().decode(source.path("bytes").asText()).length > 0;
      } catch (IllegalArgumentException notBase64) {
        decoded = false;
      }
      violations.check(decoded, place, "must be base64");
    } else if (member.equals("s3Location")) {
      violations.matches(source.path("s3Location").path("uri"), place, "s3://.+");
    }
  }

  private void toolUse(JsonNode use, String place) {
    violations.members(use, place, Set.of("toolUseId", "name", "input"), Set.of("type"));
    violations.matches(use.path("toolUseId"), place, "[a-zA-Z0-9_.:-]{1,64}");
    violations.matches(use.path("name"), place, "[a-zA-Z0-9_-]{1,64}");
    violations.check(use.path("input").isObject(), place, "input must be an object");
  }

  private void toolResult(JsonNode result, String place, String kind) {
    violations.members(result, place, Set.of("toolUseId", "content"), Set.of("status", "type"));
    violations.matches(result.path("toolUseId"), place, "[a-zA-Z0-9_.:-]{1,64}");
    list(result.path("content"), place + ".content", "result");
    if (result.has("status")) {
      violations.oneOf(result.path("status"), place, Set.of("success", "error"));
    }
    violations.check(
        kind.equals("user") || result.has("type"), place, "only a server's result stands here");
  }

  private void cachePoint(JsonNode point, String place) {
    violations.members(point, place, Set.of("type"), Set.of("ttl"));
    violations.oneOf(point.path("type"), place, Set.of("default"));
    if (point.has("ttl")) {
      violations.oneOf(point.path("ttl"), place, Set.of("5m", "1h"));
    }
  }

  private void reasoning(JsonNode reasoning, String place) {
    String member = violations.union(reasoning, place, Set.of("reasoningText", "redactedContent"));
    violations.check(
        !member.equals("reasoningText")
            || !reasoning.path(member).path("signature").asText("").isEmpty(),
        place,
        "must be signed");
  }
}
