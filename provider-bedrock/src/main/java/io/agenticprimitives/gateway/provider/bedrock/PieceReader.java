package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Translates the blocks of one request, each for itself: what Converse cannot take where it stands
/// is reported, refused or put into words.
final class PieceReader {
  private static final Set<String> MEDIA_EXTRAS = Set.of(CacheMarks.FIELD, "bucketOwner");
  private static final Set<String> DOCUMENT_EXTRAS =
      Set.of(CacheMarks.FIELD, "bucketOwner", "context", "citations");
  private static final Set<String> TOOL_EXTRAS = Set.of(CacheMarks.FIELD, "type");
  private static final Set<String> REASONING_EXTRAS =
      Set.of(CacheMarks.FIELD, "reasoning", "reasoning_content");
  private static final Set<String> OTHER_EXTRAS = Set.of(CacheMarks.FIELD);

  private final Reports reports;
  private final CacheMarks marks;
  private final MediaReader media;
  private final ToolBlocks toolBlocks;

  /// Of the model's message that is being read.
  private Thoughts thoughts;

  PieceReader(Reports reports, boolean remoteImages) {
    this.reports = reports;
    this.marks = new CacheMarks(reports);
    this.media = new MediaReader(reports, remoteImages);
    this.toolBlocks = new ToolBlocks(reports);
    this.thoughts = new Thoughts(reports, "");
  }

  CacheMarks marks() {
    return marks;
  }

  ToolBlocks toolBlocks() {
    return toolBlocks;
  }

  /// What the model said in an earlier message.
  ///
  /// @param path of the message
  List<Piece> readAssistant(Message.Assistant message, String path) {
    thoughts = new Thoughts(reports, path);
    List<Piece> pieces = read(Place.ASSISTANT, message.content(), path);
    thoughts.addFields(message.extras());
    thoughts.settle();
    return pieces;
  }

  /// @param path of the object that holds the blocks in its field `content`
  List<Piece> read(Place place, List<ContentBlock> blocks, String path) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      add(place, blocks.get(i), path + ".content[" + i + "]", pieces);
    }
    return pieces;
  }

  /// @param path of the result
  List<Piece> result(Place place, ContentBlock.ToolResult result, String path) {
    List<Piece> content = read(Place.RESULT, result.content(), path);
    return toolBlocks.result(place, result, content, path);
  }

  private void add(Place place, ContentBlock block, String path, List<Piece> pieces) {
    switch (block) {
      case ContentBlock.Text text -> text(text.text(), path, pieces);
      case ContentBlock.Refusal refusal -> text(refusal.text(), path, pieces);
      case ContentBlock.Json json -> json(place, json.value(), path, pieces);
      case ContentBlock.ToolUse call -> pieces.add(toolBlocks.call(place, call, path));
      case ContentBlock.ToolResult result -> pieces.addAll(result(place, result, path));
      case ContentBlock.Reasoning reasoning -> reasoning(place, reasoning, path, pieces);
      case ContentBlock.CachePoint point -> pieces.add(marks.point(path, point.timeToLive()));
      case ContentBlock.Other other -> other(place, other, path, pieces);
      case ContentBlock.Image image ->
          fromUser(place, path, pieces, () -> media.image(image, path));
      case ContentBlock.Document document ->
          fromUser(place, path, pieces, () -> media.document(document, path));
      case ContentBlock.Audio audio ->
          fromUser(place, path, pieces, () -> media.audio(audio, path));
      default -> throw Reports.unsupported(path, "This backend does not know blocks of this kind.");
    }
    reports.unknown(path, block.extras(), understood(block));
    marks.after(path, block.extras()).ifPresent(pieces::add);
  }

  private static Set<String> understood(ContentBlock block) {
    return switch (block) {
      case ContentBlock.Document document -> DOCUMENT_EXTRAS;
      case ContentBlock.Image image -> MEDIA_EXTRAS;
      case ContentBlock.Audio audio -> MEDIA_EXTRAS;
      case ContentBlock.ToolUse call -> TOOL_EXTRAS;
      case ContentBlock.ToolResult result -> TOOL_EXTRAS;
      // The thought itself, under the name that the caller has for it.
      case ContentBlock.Reasoning reasoning -> REASONING_EXTRAS;
      default -> OTHER_EXTRAS;
    };
  }

  private void fromUser(Place place, String path, List<Piece> pieces, Supplier<Piece> piece) {
    if (place == Place.ASSISTANT) {
      reports.dropped(path, "Bedrock takes pictures, files and sounds from users only.");
    } else {
      pieces.add(piece.get());
    }
  }

  /// Empty text says nothing and goes without a word.
  private void text(String text, String path, List<Piece> pieces) {
    if (!Blanks.isBlank(text)) {
      pieces.add(new Piece.Text(path, text));
    } else if (!text.isEmpty()) {
      reports.dropped(path, "Bedrock refuses text without a visible character.");
    }
  }

  private void json(Place place, JsonText value, String path, List<Piece> pieces) {
    if (place == Place.RESULT && value.isObject()) {
      pieces.add(new Piece.Native(path, "json", "{\"json\":" + value + "}"));
      return;
    }
    reports.changed(
        path, "Bedrock takes JSON objects in tool results only; this value is sent as text.");
    pieces.add(new Piece.Text(path, value.text()));
  }

  private void reasoning(
      Place place, ContentBlock.Reasoning reasoning, String path, List<Piece> pieces) {
    if (place == Place.ASSISTANT) {
      thoughts.piece(reasoning, path).ifPresent(pieces::add);
    } else {
      reports.dropped(path, "Bedrock takes reasoning from the model only.");
    }
  }

  private void other(Place place, ContentBlock.Other other, String path, List<Piece> pieces) {
    Optional<String> member = Optional.empty();
    if (JsonTrees.read(other.json(), path) instanceof ObjectNode block) {
      member = NativeBlocks.memberOf(block);
      member.ifPresent(name -> nativeBlock(place, other.json(), block, name, path, pieces));
    }
    if (member.isPresent()) {
      return;
    }
    String sentence = "Bedrock has no form for a part of the type '" + other.type() + "'.";
    if (place != Place.ASSISTANT) {
      throw Reports.unsupported(path, sentence);
    }
    reports.dropped(path, sentence);
  }

  private void nativeBlock(
      Place place, JsonText json, ObjectNode block, String member, String path, List<Piece> out) {
    JsonNode value = block.get(member);
    JsonText alone = block.size() == 1 ? json : JsonTrees.wrap(member, value);
    Optional<ContentBlock> known = NativeBlocks.known(member, value, alone);
    if (known.isPresent()) {
      add(place, known.get(), path, out);
    } else if (place.takes(member) || (place != Place.ASSISTANT && Place.USER.takes(member))) {
      out.add(new Piece.Native(path, member, named(member, value, alone, path).text()));
    } else {
      reports.dropped(path, "Bedrock does not take a block of the kind " + member + " here.");
    }
    Extras beside = NativeBlocks.extrasOf(block, Set.of(member, "type"));
    reports.unknown(path, beside, OTHER_EXTRAS);
    marks.after(path, beside).ifPresent(out::add);
  }

  /// A document's name is made unique among those of the request.
  private JsonText named(String member, JsonNode value, JsonText block, String path) {
    if (!member.equals("document") || !(value instanceof ObjectNode document)) {
      return block;
    }
    String name = document.path("name").asText("");
    String format = document.path("format").asText("");
    document.put("name", media.documentNames().next(Reports.at(path, "name"), name, format));
    return name.equals(document.path("name").asText()) ? block : JsonTrees.wrap(member, document);
  }
}
