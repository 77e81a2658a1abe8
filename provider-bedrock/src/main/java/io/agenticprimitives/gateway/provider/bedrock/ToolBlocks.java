package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Translates calls of tools and their results, each for itself.
record ToolBlocks(Reports reports) {

  /// Stands for a result without content: some models refuse the empty list.
  private static final String NO_CONTENT = "(empty)";

  private static final Set<String> RESULT_MEMBERS =
      Set.of("text", "json", "image", "document", "video", "searchResult");

  /// A call, or its text where no call may stand.
  Piece call(Place place, ContentBlock.ToolUse call, String path) {
    if (place == Place.ASSISTANT) {
      String type = typeOf(call.extras(), path);
      return new Piece.Call(path, call.id(), call.name(), input(call.arguments(), path), type);
    }
    reports.changed(path, "Bedrock takes calls from the model only; this one is sent as text.");
    String words = "Call of the tool " + call.name() + " (" + call.id() + "): " + call.arguments();
    return new Piece.Text(path, words);
  }

  /// Converse wants an object. Models write nothing for no arguments, and broken JSON when they run
  /// out of tokens.
  private JsonText input(String arguments, String path) {
    if (Blanks.isBlank(arguments) || arguments.strip().equals("null")) {
      return JsonText.EMPTY_OBJECT;
    }
    if (JsonText.isValid(arguments)) {
      JsonText valid = new JsonText(arguments);
      if (valid.isObject()) {
        return valid;
      }
    }
    reports.changed(
        Reports.at(path, "arguments"),
        "Bedrock takes a JSON object as the arguments of a call; these are sent as the text of a"
            + " field 'rawInvalidInput'.");
    return JsonTrees.write(JsonTrees.emptyObject().put("rawInvalidInput", arguments));
  }

  /// A result, followed by those of its parts that may stand beside it only.
  ///
  /// @param content the parts
  List<Piece> result(
      Place place, ContentBlock.ToolResult result, List<Piece> content, String path) {
    List<Piece> inside = new ArrayList<>();
    List<Piece> beside = new ArrayList<>();
    for (Piece piece : content) {
      (RESULT_MEMBERS.contains(piece.member()) ? inside : beside).add(piece);
    }
    for (Piece piece : beside) {
      reports.changed(
          piece.path(), "Bedrock does not take this inside a tool result; it is sent behind it.");
    }
    if (inside.isEmpty()) {
      reports.changed(path, "The result is empty; Bedrock gets the text '" + NO_CONTENT + "'.");
      inside.add(new Piece.Text(path, NO_CONTENT));
    }
    String type = typeOf(result.extras(), path);
    Piece.Result piece = new Piece.Result(path, result.toolUseId(), inside, result.error(), type);
    boolean takesResults = place == Place.USER || place == Place.ASSISTANT;
    List<Piece> pieces = new ArrayList<>(takesResults ? List.of(piece) : inWords(piece, "here"));
    pieces.addAll(beside);
    return pieces;
  }

  private static String typeOf(Extras extras, String path) {
    JsonText type = extras.fields().get("type");
    return type == null ? "" : JsonTrees.read(type, Reports.at(path, "type")).asText("");
  }

  /// A result that has no call to belong to: its text, then its pictures and files.
  ///
  /// @param where a call is missing: completes the sentence "no call ..."
  List<Piece> inWords(Piece.Result result, String where) {
    reports.changed(
        result.path(),
        "There is no call with the id '%s' %s, so Bedrock would refuse this result; it is sent as"
                .formatted(result.callId(), where)
            + " text.");
    StringBuilder words = new StringBuilder(result.error() ? "Failed tool call" : "Tool result");
    words.append(" (").append(result.callId()).append("):");
    List<Piece> others = new ArrayList<>();
    for (Piece piece : result.content()) {
      switch (piece) {
        case Piece.Text text -> words.append('\n').append(text.text());
        case Piece.Native json when json.member().equals("json") ->
            words.append('\n').append(json.block());
        default -> others.add(piece);
      }
    }
    others.addFirst(new Piece.Text(result.path(), words.toString()));
    return others;
  }
}
