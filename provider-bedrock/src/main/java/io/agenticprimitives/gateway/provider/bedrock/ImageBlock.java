package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A picture that the model made, which comes in pieces.
final class ImageBlock implements OpenBlock {
  private final AnswerEvents answer;
  private final ObjectNode image;
  private final Base64Pieces bytes = new Base64Pieces();

  /// @param start the picture as it begins: its format
  ImageBlock(AnswerEvents answer, ObjectNode start) {
    this.answer = answer;
    this.image = start;
  }

  /// A piece: bytes, or another source, or an error.
  void add(JsonNode piece) {
    JsonNode data = piece.path("source").path("bytes");
    if (data.isTextual()) {
      answer.kept().add(data.textValue().length());
      bytes.add(data.textValue());
    } else if (piece instanceof ObjectNode object) {
      answer.kept().add(ResponseJson.write(object).length());
      image.setAll(object);
    }
  }

  @Override
  public void end() {
    if (!bytes.isEmpty()) {
      image.set("source", ResponseJson.object().put("bytes", bytes.joined()));
    }
    answer.extensions().append("images", image);
  }
}
