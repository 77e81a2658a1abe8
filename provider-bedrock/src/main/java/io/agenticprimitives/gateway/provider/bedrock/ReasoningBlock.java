package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.llm.StreamEvent;

/// A block of reasoning that comes in pieces: text, then mostly a signature, or nothing but
/// encrypted bytes. Its end gives it in Converse's form, to be sent back as it is.
final class ReasoningBlock implements OpenBlock {
  private final AnswerEvents answer;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder signature = new StringBuilder();
  private final Base64Pieces redacted = new Base64Pieces();
  private boolean readable;

  ReasoningBlock(AnswerEvents answer) {
    this.answer = answer;
  }

  void text(String piece) {
    answer.kept().add(piece.length());
    answer.reasoning(piece);
    text.append(piece);
    readable = true;
  }

  void signature(String piece) {
    answer.kept().add(piece.length());
    signature.append(piece);
    readable = true;
  }

  void redacted(String base64) {
    answer.kept().add(base64.length());
    redacted.add(base64);
  }

  @Override
  public void end() {
    if (readable) {
      ObjectNode reasoning = ResponseJson.object().put("text", text.toString());
      if (!signature.isEmpty()) {
        reasoning.put("signature", signature.toString());
      }
      emit(ResponseJson.object().set("reasoningText", reasoning));
    }
    if (!redacted.isEmpty()) {
      emit(ResponseJson.object().put("redactedContent", redacted.joined()));
    }
  }

  private void emit(ObjectNode content) {
    ObjectNode block = ResponseJson.object().set("reasoningContent", content);
    answer.emit(new StreamEvent.ReasoningBlock(ResponseJson.text(block)));
  }
}
