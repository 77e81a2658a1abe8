package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads bodies that come in one piece.
final class WholeBody {
  private WholeBody() {}

  /// The text of a body; empty if it holds nothing but white space.
  ///
  /// @param what it should be, for messages
  /// @param limit in bytes
  /// @throws io.agenticprimitives.gateway.api.BackendException if it is too long or breaks off
  static String read(AnswerBody body, String what, int limit) {
    try {
      if (body.firstByte() < 0) {
        return "";
      }
      byte[] bytes = body.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw AnswerFailures.tooLong(what, limit);
      }
      return new String(bytes, StandardCharsets.UTF_8);
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
