package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.llm.StreamEvent;

/// A block of content that is being streamed.
sealed interface OpenBlock {

  /// Takes the next piece.
  void delta(JsonNode delta);

  /// All of it has come.
  void end();

  /// Text, and what it quotes.
  final class Text implements OpenBlock {
    private final Answer answer;

    Text(Answer answer, JsonNode start) {
      this.answer = answer;
      text(start.path("text").asText(""));
      start.path("citations").forEach(answer::cite);
    }

    private void text(String piece) {
      if (!piece.isEmpty()) {
        answer.emit(new StreamEvent.TextDelta(piece));
      }
    }

    @Override
    public void delta(JsonNode delta) {
      switch (delta.path("type").asText("")) {
        case "text_delta" -> text(delta.path("text").asText(""));
        case "citations_delta" -> answer.cite(delta.path("citation"));
        default -> answer.keepUnknown(delta);
      }
    }

    @Override
    public void end() {
      // Its pieces were all of it.
    }
  }

  /// Reasoning. It goes back to Anthropic as a whole, with its signature.
  final class Thinking implements OpenBlock {
    private final Answer answer;
    private final ObjectNode block;
    private final StringBuilder thinking = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();

    Thinking(Answer answer, JsonNode start) {
      this.answer = answer;
      this.block = start.deepCopy();
      think(start.path("thinking").asText(""));
      signature.append(start.path("signature").asText(""));
    }

    private void think(String piece) {
      if (!piece.isEmpty()) {
        thinking.append(piece);
        answer.emit(new StreamEvent.ReasoningDelta(piece));
      }
    }

    @Override
    public void delta(JsonNode delta) {
      switch (delta.path("type").asText("")) {
        case "thinking_delta" -> think(delta.path("thinking").asText(""));
        case "signature_delta" -> signature.append(delta.path("signature").asText(""));
        default -> answer.keepUnknown(delta);
      }
    }

    @Override
    public void end() {
      block.put("thinking", thinking.toString()).put("signature", signature.toString());
      answer.emit(new StreamEvent.ReasoningBlock(Json.text(block)));
    }
  }

  /// Reasoning that only Anthropic can read.
  record RedactedThinking(Answer answer, JsonNode block) implements OpenBlock {
    @Override
    public void delta(JsonNode delta) {
      answer.keepUnknown(delta);
    }

    @Override
    public void end() {
      answer.emit(new StreamEvent.ReasoningBlock(Json.text(block)));
    }
  }

  /// A call of a tool. Its arguments come as pieces of JSON text, or whole at its start.
  final class ToolUse implements OpenBlock {
    private final Answer answer;
    private final int index;
    private final JsonNode input;
    private boolean inPieces;

    ToolUse(Answer answer, JsonNode start) {
      this.answer = answer;
      this.index = answer.nextCall();
      this.input = start.path("input");
      answer.emit(
          new StreamEvent.ToolCallStarted(
              index, start.path("id").asText(""), start.path("name").asText("")));
    }

    @Override
    public void delta(JsonNode delta) {
      String piece = delta.path("partial_json").asText("");
      if (!delta.path("type").asText("").equals("input_json_delta")) {
        answer.keepUnknown(delta);
      } else if (!piece.isEmpty()) {
        inPieces = true;
        answer.emit(new StreamEvent.ToolCallDelta(index, piece));
      }
    }

    @Override
    public void end() {
      if (!inPieces && !input.isEmpty()) {
        answer.emit(new StreamEvent.ToolCallDelta(index, Json.write(input)));
      }
      answer.emit(new StreamEvent.ToolCallEnded(index));
    }
  }

  /// A kind that is newer than this provider.
  final class Unknown implements OpenBlock {
    private final Answer answer;

    Unknown(Answer answer, JsonNode start) {
      this.answer = answer;
      answer.keepUnknown(start);
    }

    @Override
    public void delta(JsonNode delta) {
      answer.keepUnknown(delta);
    }

    @Override
    public void end() {
      // Kept piece by piece.
    }
  }
}
