package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import java.io.IOException;

/// Reads one chunk of a streamed answer, or a whole answer: objects of the same members. Known
/// members are read with a streaming parser; unknown ones become extensions.
final class ChunkReader {
  private final AnswerEvents answer;
  private final ChoiceReader choices;
  private boolean failed;

  ChunkReader(AnswerEvents answer, boolean whole) {
    this.answer = answer;
    this.choices = new ChoiceReader(answer, whole);
  }

  /// Reads a chunk; several objects in one count as several chunks. What it said before a failure
  /// was said.
  ///
  /// @throws IOException if it is not JSON, or no object
  /// @throws BackendException if it holds an error
  void read(String json) throws IOException {
    try (JsonParser parser = ResponseJson.parser(json)) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        readRoot(token, parser);
        token = parser.nextToken();
      }
    } finally {
      answer.chunkRead();
    }
    if (failed || choices.hasFailed()) {
      throw UpstreamFailures.inAnswer(json);
    }
  }

  private void readRoot(JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      readObject(parser);
    } else if (token == JsonToken.START_ARRAY && ErrorBody.isError(ResponseJson.tree(parser))) {
      failed = true;
    } else {
      throw new JsonParseException(parser, "Not an object");
    }
  }

  private void readObject(JsonParser parser) throws IOException {
    String field = parser.nextFieldName();
    while (field != null) {
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        readField(field, parser);
      }
      field = parser.nextFieldName();
    }
  }

  private void readField(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "choices" -> choices.readAll(parser);
      case "model" -> answer.model(ResponseJson.text(parser));
      case "usage" -> answer.usage(ResponseJson.tree(parser));
      case "error" -> failed |= !ResponseJson.saysNothing(ResponseJson.tree(parser));
      case "object" -> failed |= ResponseJson.text(parser).equals("error");
      case "id", "created" -> readIdentity(field, parser);
      // Random text against guesses from the length of encrypted packets.
      case "obfuscation", "p", "padding" -> parser.skipChildren();
      default -> readOther(field, parser);
    }
  }

  /// The first that says something counts: some servers change the id in the middle.
  private void readIdentity(String field, JsonParser parser) throws IOException {
    if (answer.extensions().has(AnswerPlace.ANSWER, field)) {
      parser.skipChildren();
      return;
    }
    JsonNode value = ResponseJson.tree(parser);
    boolean isFiller =
        ResponseJson.saysNothing(value) || (value.isNumber() && value.doubleValue() == 0);
    if (!isFiller) {
      answer.extensions().put(AnswerPlace.ANSWER, field, value);
    }
  }

  private void readOther(String field, JsonParser parser) throws IOException {
    JsonNode value = ResponseJson.tree(parser);
    // Groq hides the usage of a stream there.
    if (field.equals("x_groq") && value.isObject()) {
      answer.usage(value.path("usage"));
    }
    answer.extensions().put(AnswerPlace.ANSWER, field, value);
  }

  /// Ends the answer.
  ///
  /// @throws BackendException if the upstream's word for the end is a failure
  void finish() throws IOException {
    choices.finish();
    answer.finish();
  }
}
