package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.agenticprimitives.gateway.api.JsonText;
import java.util.List;
import java.util.Optional;

/// What is wrong with a body that is not JSON. What was read before the syntax broke says nothing
/// that is worth telling.
final class SyntaxFault {
  private SyntaxFault() {}

  /// The parser gave up.
  static RequestFaultsException of(JsonParser parser, JacksonException failure) {
    String reason =
        failure instanceof StreamConstraintsException limit
            ? limitOf(limit)
            : failure.getOriginalMessage();
    return at(offsetOf(parser, failure), reason);
  }

  /// The value has ended and the body has not; the parser stands behind it.
  static RequestFaultsException extraData(JsonParser parser) {
    return at(parser.currentTokenLocation().getByteOffset(), "Extra data after the JSON value");
  }

  private static String limitOf(StreamConstraintsException limit) {
    return String.valueOf(limit.getOriginalMessage()).contains("nesting depth")
        ? "Nested deeper than " + RequestJson.MAX_DEPTH
        : limit.getOriginalMessage();
  }

  /// Where the parser gave up; at a first word that is no JSON, where the word begins.
  private static long offsetOf(JsonParser parser, JacksonException failure) {
    return parser.currentToken() == null || failure.getLocation() == null
        ? parser.currentTokenLocation().getByteOffset()
        : failure.getLocation().getByteOffset();
  }

  private static RequestFaultsException at(long offset, String reason) {
    // The parser's remarks on its own settings and sources.
    String cleaned = reason.replaceAll("(?s) \\((?:start marker at|for |from `).*", "");
    Faults syntax = new Faults(List.of());
    syntax.add(
        "json_invalid",
        Location.BODY.item(Math.clamp(offset, 0, Integer.MAX_VALUE)),
        "JSON decode error",
        "{}",
        Optional.of(new JsonText("{\"error\":" + Faults.quoted(cleaned) + "}")));
    return syntax.asException();
  }
}
