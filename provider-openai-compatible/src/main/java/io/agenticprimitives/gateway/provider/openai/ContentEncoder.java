package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Writes the content of a message: a plain text where it is one, because many servers understand
/// nothing else, and a list of parts otherwise.
final class ContentEncoder {
  private static final Set<String> IMAGE_FIELDS = Set.of("detail", "format");

  private final JsonGenerator json;
  private final Adjustments adjustments;

  ContentEncoder(JsonGenerator json, Adjustments adjustments) {
    this.json = json;
    this.adjustments = adjustments;
  }

  void write(List<ContentBlock> blocks, String path) throws IOException {
    if (blocks.isEmpty()) {
      json.writeString("");
    } else if (blocks.size() == 1 && blocks.getFirst().extras().isEmpty() && isText(blocks)) {
      json.writeString(textOf(blocks.getFirst()));
    } else {
      json.writeStartArray();
      writeParts(blocks, path);
      json.writeEndArray();
    }
  }

  private static boolean isText(List<ContentBlock> blocks) {
    return blocks.getFirst() instanceof ContentBlock.Text
        || blocks.getFirst() instanceof ContentBlock.Json;
  }

  private static String textOf(ContentBlock block) {
    return block instanceof ContentBlock.Text text
        ? text.text()
        : ((ContentBlock.Json) block).value().text();
  }

  /// The parts without the brackets around them.
  void writeParts(List<ContentBlock> blocks, String path) throws IOException {
    int index = 0;
    for (ContentBlock block : blocks) {
      writePart(block, path + "[" + index++ + "]");
    }
  }

  private void writePart(ContentBlock block, String path) throws IOException {
    switch (block) {
      case ContentBlock.Text text -> writeText(text.text(), text.extras());
      case ContentBlock.Json value -> writeText(value.value().text(), value.extras());
      case ContentBlock.Image image -> writeImage(image);
      case ContentBlock.Document document -> writeDocument(document);
      case ContentBlock.Audio audio -> writeAudio(audio);
      case ContentBlock.Refusal refusal -> {
        startPart("refusal");
        json.writeStringField("refusal", refusal.text());
        endPart(refusal.extras());
      }
      case ContentBlock.CachePoint _ ->
          adjustments.dropped(
              path, "The OpenAI dialect has no cache points; put cache_control on a part instead.");
      case ContentBlock.Other other -> json.writeRawValue(other.json().text());
      default ->
          throw new BackendException(
              ErrorKind.UNSUPPORTED, "What is at '" + path + "' cannot stand there.");
    }
  }

  private void startPart(String type) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type);
  }

  private void endPart(Extras extras) throws IOException {
    RequestJson.writeExtras(json, extras, Set.of("type"));
    json.writeEndObject();
  }

  private void writeText(String text, Extras extras) throws IOException {
    startPart("text");
    json.writeStringField("text", text);
    endPart(extras);
  }

  /// `detail` belongs to the picture; everything else to the part around it.
  private void writeImage(ContentBlock.Image image) throws IOException {
    startPart("image_url");
    json.writeObjectFieldStart("image_url");
    writeSource("url", image.source());
    for (String name : IMAGE_FIELDS) {
      JsonText value = image.extras().fields().get(name);
      if (value != null) {
        RequestJson.writeRaw(json, name, value);
      }
    }
    json.writeEndObject();
    RequestJson.writeExtras(json, image.extras(), Set.of("type", "detail", "format"));
    json.writeEndObject();
  }

  private void writeDocument(ContentBlock.Document document) throws IOException {
    startPart("file");
    json.writeObjectFieldStart("file");
    if (!document.name().isEmpty()) {
      json.writeStringField("filename", document.name());
    }
    writeSource("file_data", document.source());
    json.writeEndObject();
    endPart(document.extras());
  }

  private void writeAudio(ContentBlock.Audio audio) throws IOException {
    if (audio.source() instanceof MediaSource.Inline inline) {
      startPart("input_audio");
      json.writeObjectFieldStart("input_audio");
      json.writeStringField("data", inline.base64());
      if (!audio.format().isEmpty()) {
        json.writeStringField("format", audio.format());
      }
    } else {
      startPart("audio_url");
      json.writeObjectFieldStart("audio_url");
      writeSource("url", audio.source());
    }
    json.writeEndObject();
    endPart(audio.extras());
  }

  private void writeSource(String field, MediaSource source) throws IOException {
    switch (source) {
      case MediaSource.Inline inline -> json.writeStringField(field, inline.toDataUrl());
      case MediaSource.Url url -> json.writeStringField(field, url.url());
      case MediaSource.FileId file -> json.writeStringField("file_id", file.id());
      default ->
          throw new BackendException(
              ErrorKind.UNSUPPORTED,
              "This provider is older than the gateway and does not know this kind of source.");
    }
  }
}
