package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.agenticprimitives.gateway.api.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Reads the JSON object that the body of a request is, field by field.
final class BodyObject {
  private static final String EXTRA_DATA = "Extra data after the JSON value";

  private BodyObject() {}

  /// Takes one field.
  @FunctionalInterface
  interface FieldReader {
    /// Reads the value that the parser stands on.
    void read(String field, JsonParser parser) throws IOException;
  }

  /// Reads a body.
  ///
  /// @param body JSON in UTF-8
  /// @param faults takes note if it is no object
  /// @throws RequestFaultsException if it is no JSON
  static void read(byte[] body, Faults faults, FieldReader fields) {
    try (JsonParser parser = RequestJson.parser(RequestJson.withoutMark(body))) {
      try {
        readRoot(parser, faults, fields);
      } catch (StreamConstraintsException limit) {
        throw invalid(offsetOf(parser, limit), limitOf(limit));
      } catch (JacksonException notJson) {
        throw invalid(offsetOf(parser, notJson), notJson.getOriginalMessage());
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("Reading from memory failed", impossible);
    }
  }

  private static void readRoot(JsonParser parser, Faults faults, FieldReader fields)
      throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      faults.add("missing", Location.BODY, "Field required", "null");
      return;
    }
    boolean isObject = first == JsonToken.START_OBJECT;
    String other = "";
    if (isObject) {
      readFields(parser, fields);
    } else {
      other = RequestJson.value(parser).toString();
    }
    if (parser.nextToken() != null) {
      throw invalid(parser.currentTokenLocation().getByteOffset(), EXTRA_DATA);
    }
    if (!isObject) {
      faults.add(
          "model_attributes_type",
          Location.BODY,
          "Input should be a valid dictionary or object to extract fields from",
          other);
    }
  }

  private static void readFields(JsonParser parser, FieldReader fields) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      fields.read(field, parser);
    }
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

  /// What was read before the syntax broke says nothing that is worth telling.
  private static RequestFaultsException invalid(long offset, String reason) {
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
