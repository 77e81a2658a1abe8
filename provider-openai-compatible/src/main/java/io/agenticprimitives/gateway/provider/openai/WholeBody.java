package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads bodies that come in one piece.
final class WholeBody {
  private static final int PIECE = 64 << 10;

  /// The bytes twice while they are collected, their text, and what is made of it.
  private static final int COPIES = 4;

  private WholeBody() {}

  /// The text of a body; empty if it holds nothing but white space.
  ///
  /// @param what it should be, for messages
  /// @param limit in bytes
  /// @throws io.agenticprimitives.gateway.api.BackendException if it is too long, for itself or for
  ///   the memory that is left, or breaks off
  static String read(AnswerBody body, String what, int limit) {
    try {
      if (body.firstByte() < 0) {
        return "";
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] piece = body.readNBytes(PIECE);
      while (piece.length > 0) {
        bytes.writeBytes(piece);
        if (bytes.size() > limit) {
          throw AnswerFailures.tooLong(what, limit);
        }
        body.reserveMemory((long) COPIES * piece.length);
        piece = body.readNBytes(PIECE);
      }
      return bytes.toString(StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw AnswerFailures.unreadable(broken, "the beginning of " + what);
    }
  }

  /// A body that must be JSON.
  ///
  /// @throws io.agenticprimitives.gateway.api.BackendException as [#read], or if it is none
  static JsonNode readTree(AnswerBody body, String what, int limit) {
    String json = read(body, what, limit);
    if (json.isEmpty()) {
      throw AnswerFailures.empty();
    }
    JsonNode tree = ResponseJson.treeOrNull(json);
    if (tree == null) {
      throw AnswerFailures.notWhatWasAsked(what, body.contentType(), body.sample());
    }
    return tree;
  }
}
