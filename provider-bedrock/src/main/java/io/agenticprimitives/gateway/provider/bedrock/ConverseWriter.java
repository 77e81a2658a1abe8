package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.ChoiceWord;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Writes the blocks of a Converse request as JSON. Used by one thread, for one request.
final class ConverseWriter {
  private final JsonGenerator json;
  private final ToolNames toolNames;
  private String path = "messages";

  ConverseWriter(JsonGenerator json, ToolNames toolNames) {
    this.json = json;
    this.toolNames = toolNames;
  }

  /// Where the piece that is being written, or was last, stands in the caller's request.
  String path() {
    return path;
  }

  void turns(List<Turn> turns) throws IOException {
    json.writeArrayFieldStart("messages");
    for (Turn turn : turns) {
      json.writeStartObject();
      json.writeStringField("role", turn.isUser() ? "user" : "assistant");
      pieces("content", turn.pieces());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// A member that is a list of blocks.
  void pieces(String member, List<Piece> pieces) throws IOException {
    json.writeArrayFieldStart(member);
    for (Piece piece : pieces) {
      path = piece.path();
      if (piece instanceof Piece.Native block) {
        json.writeRawValue(block.block().text());
      } else {
        json.writeStartObject();
        json.writeFieldName(piece.member());
        value(piece);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void value(Piece piece) throws IOException {
    switch (piece) {
      case Piece.Text text -> json.writeString(text.text());
      case Piece.Media media -> media(media);
      case Piece.Call call -> call(call);
      case Piece.Result result -> result(result);
      case Piece.CachePoint point -> cachePoint(point);
      case Piece.ToolSpec spec -> toolSpec(spec);
      case Piece.Native block ->
          throw new IllegalArgumentException("Has no value of its own: " + block.member());
    }
  }

  private void media(Piece.Media media) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", media.format());
    if (!media.name().isEmpty()) {
      json.writeStringField("name", media.name());
    }
    json.writeObjectFieldStart("source");
    switch (media.source()) {
      case MediaBytes.Inline(String base64) -> json.writeStringField("bytes", base64);
      case MediaBytes.S3(String uri, Optional<String> bucketOwner) -> {
        json.writeObjectFieldStart("s3Location");
        json.writeStringField("uri", uri);
        if (bucketOwner.isPresent()) {
          json.writeStringField("bucketOwner", bucketOwner.get());
        }
        json.writeEndObject();
      }
    }
    json.writeEndObject();
    members(media.members().fields());
    json.writeEndObject();
  }

  private void call(Piece.Call call) throws IOException {
    json.writeStartObject();
    json.writeStringField("toolUseId", call.id());
    json.writeStringField("name", toolNames.toUpstream(call.name()));
    json.writeFieldName("input");
    json.writeRawValue(call.input().text());
    if (call.isServers()) {
      json.writeStringField("type", call.type());
    }
    json.writeEndObject();
  }

  private void result(Piece.Result result) throws IOException {
    json.writeStartObject();
    json.writeStringField("toolUseId", result.callId());
    pieces("content", result.content());
    if (result.error()) {
      json.writeStringField("status", "error");
    }
    if (result.isServers()) {
      json.writeStringField("type", result.type());
    }
    json.writeEndObject();
  }

  private void cachePoint(Piece.CachePoint point) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "default");
    if (!point.timeToLive().isEmpty()) {
      json.writeStringField("ttl", point.timeToLive());
    }
    json.writeEndObject();
  }

  private void toolSpec(Piece.ToolSpec spec) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", toolNames.toUpstream(spec.name()));
    if (!spec.description().isEmpty()) {
      json.writeStringField("description", spec.description());
    }
    json.writeObjectFieldStart("inputSchema");
    json.writeFieldName("json");
    json.writeRawValue(spec.schema().text());
    json.writeEndObject();
    if (spec.strict()) {
      json.writeBooleanField("strict", true);
    }
    json.writeEndObject();
  }

  void toolConfig(List<Piece> tools, Optional<Choice> choice) throws IOException {
    json.writeObjectFieldStart("toolConfig");
    pieces("tools", tools);
    if (choice.isPresent()) {
      json.writeObjectFieldStart("toolChoice");
      json.writeObjectFieldStart(choice.get().word().name().toLowerCase(Locale.ROOT));
      if (choice.get().word() == ChoiceWord.TOOL) {
        json.writeStringField("name", toolNames.toUpstream(choice.get().tool()));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  void inference(Inference inference) throws IOException {
    json.writeObjectFieldStart("inferenceConfig");
    if (inference.maxTokens().isPresent()) {
      json.writeNumberField("maxTokens", inference.maxTokens().getAsInt());
    }
    if (inference.temperature().isPresent()) {
      json.writeNumberField("temperature", inference.temperature().getAsDouble());
    }
    if (inference.topP().isPresent()) {
      json.writeNumberField("topP", inference.topP().getAsDouble());
    }
    if (!inference.stop().isEmpty()) {
      path = "stop";
      json.writeArrayFieldStart("stopSequences");
      for (String sequence : inference.stop()) {
        json.writeString(sequence);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /// Members that are JSON already.
  void members(Map<String, JsonText> members) throws IOException {
    for (Map.Entry<String, JsonText> member : members.entrySet()) {
      json.writeFieldName(member.getKey());
      json.writeRawValue(member.getValue().text());
    }
  }
}
