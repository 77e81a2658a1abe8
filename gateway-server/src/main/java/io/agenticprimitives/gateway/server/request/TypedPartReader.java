package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the parts of OpenAI (API reference, "Create chat completion", `messages`) and Anthropic
/// (API reference, "Messages", `content`).
final class TypedPartReader {
  private static final Set<String> KNOWN =
      Set.of(
          "text",
          "input_text",
          "output_text",
          "image_url",
          "image",
          "input_audio",
          "file",
          "document",
          "tool_use",
          "tool_result",
          "thinking",
          "redacted_thinking",
          "refusal");

  private final Faults faults;
  private final ContentReader content;

  TypedPartReader(Faults faults, ContentReader content) {
    this.faults = faults;
    this.content = content;
  }

  static boolean knows(String type) {
    return KNOWN.contains(type);
  }

  Optional<ContentBlock> read(JsonNode part, Location place) {
    String type = part.path("type").textValue();
    return switch (type) {
      case "text", "input_text", "output_text" ->
          content
              .text(part, "text", place)
              .map(text -> new ContentBlock.Text(text, extras(part, "text")));
      case "image_url" -> imageUrl(part, place);
      case "image" ->
          MediaReader.anthropic(part.path("source"))
              .<ContentBlock>map(source -> new ContentBlock.Image(source, extras(part, "source")))
              .or(() -> other(type, part));
      case "input_audio" -> audio(part).or(() -> other(type, part));
      case "file" -> file(part).or(() -> other(type, part));
      case "document" -> document(part).or(() -> other(type, part));
      case "tool_use" -> toolUse(part, place);
      case "tool_result" -> toolResult(part, place);
      case "thinking" -> thinking(part).or(() -> other(type, part));
      case "redacted_thinking" -> redacted(part);
      case "refusal" ->
          content
              .text(part, "refusal", place)
              .map(text -> new ContentBlock.Refusal(text, extras(part, "refusal")));
      default -> other(type, part);
    };
  }

  private static Optional<ContentBlock> other(String type, JsonNode part) {
    return Optional.of(new ContentBlock.Other(type, RequestJson.text(part)));
  }

  private static Extras extras(JsonNode part, String... known) {
    return RequestJson.extras(part, withType(known));
  }

  private static Set<String> withType(String... known) {
    Set<String> names = new HashSet<>(Set.of(known));
    names.add("type");
    return names;
  }

  private Optional<ContentBlock> imageUrl(JsonNode part, Location place) {
    JsonNode image = part.path("image_url");
    JsonNode url = image.isObject() ? image.path("url") : image;
    if (!url.isTextual()) {
      faults.missing(place.field("image_url").field("url"), part);
      return Optional.empty();
    }
    Map<String, JsonText> extras = new LinkedHashMap<>();
    if (image.isObject()) {
      extras.putAll(RequestJson.extras(image, Set.of("url")).fields());
    }
    extras.putAll(extras(part, "image_url").fields());
    return Optional.of(
        new ContentBlock.Image(MediaReader.url(url.textValue()), new Extras(extras)));
  }

  private static Optional<ContentBlock> audio(JsonNode part) {
    JsonNode audio = part.path("input_audio");
    if (!audio.path("data").isTextual()) {
      return Optional.empty();
    }
    String format = audio.path("format").asText();
    MediaSource source = new MediaSource.Inline("audio/" + format, audio.path("data").textValue());
    return Optional.of(new ContentBlock.Audio(source, format, extras(part, "input_audio")));
  }

  private static Optional<ContentBlock> file(JsonNode part) {
    JsonNode file = part.path("file");
    JsonNode data = file.path("file_data");
    JsonNode id = file.path("file_id");
    if (!data.isTextual() && !id.isTextual()) {
      return Optional.empty();
    }
    MediaSource source =
        data.isTextual()
            ? MediaReader.url(data.textValue())
            : new MediaSource.FileId(id.textValue());
    return Optional.of(
        new ContentBlock.Document(source, file.path("filename").asText(""), extras(part, "file")));
  }

  private static Optional<ContentBlock> document(JsonNode part) {
    return MediaReader.anthropic(part.path("source"))
        .map(
            source ->
                new ContentBlock.Document(
                    source, part.path("title").asText(""), extras(part, "source", "title")));
  }

  private Optional<ContentBlock> toolUse(JsonNode part, Location place) {
    Optional<String> id = content.text(part, "id", place);
    Optional<String> name = content.text(part, "name", place);
    if (id.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    String arguments = ToolCallReader.arguments(part.path("input"));
    return Optional.of(
        new ContentBlock.ToolUse(
            id.get(), name.get(), arguments, extras(part, "id", "name", "input")));
  }

  private Optional<ContentBlock> toolResult(JsonNode part, Location place) {
    return content
        .text(part, "tool_use_id", place)
        .map(
            id ->
                new ContentBlock.ToolResult(
                    id,
                    content.readResult(part.path("content"), place.field("content")),
                    part.path("is_error").asBoolean(false),
                    extras(part, "tool_use_id", "content", "is_error")));
  }

  /// Anthropic's signed reasoning, kept in the form of Bedrock, which has the same models.
  /// Mistral's parts of this name hold a list instead.
  private static Optional<ContentBlock> thinking(JsonNode part) {
    JsonNode text = part.path("thinking");
    if (!text.isTextual()) {
      return Optional.empty();
    }
    JsonNode signature = part.path("signature");
    Optional<JsonText> opaque = Optional.empty();
    if (signature.isTextual()) {
      ObjectNode signed = JsonNodeFactory.instance.objectNode();
      signed
          .putObject("reasoningContent")
          .putObject("reasoningText")
          .put("text", text.textValue())
          .put("signature", signature.textValue());
      opaque = Optional.of(RequestJson.text(signed));
    }
    return Optional.of(
        new ContentBlock.Reasoning(
            text.textValue(), opaque, extras(part, "thinking", "signature")));
  }

  private static Optional<ContentBlock> redacted(JsonNode part) {
    ObjectNode redacted = JsonNodeFactory.instance.objectNode();
    redacted.putObject("reasoningContent").set("redactedContent", part.path("data"));
    return Optional.of(
        new ContentBlock.Reasoning(
            "", Optional.of(RequestJson.text(redacted)), extras(part, "data")));
  }
}
