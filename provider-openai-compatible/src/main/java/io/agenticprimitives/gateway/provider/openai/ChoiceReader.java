package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the list `choices`. The choice with index 0 is the answer; a choice without an index has
/// its place in the list. Other choices are kept as an extension.
final class ChoiceReader {
  private final AnswerEvents answer;
  private final DeltaReader deltas;

  /// The member that counts where both are there. Perplexity repeats the whole text so far under
  /// `message` in each chunk, and has a `delta` in whole answers.
  private final String speech;

  private final String otherSpeech;
  private boolean spoken;
  private boolean failed;

  ChoiceReader(AnswerEvents answer, boolean whole) {
    this.answer = answer;
    this.deltas = new DeltaReader(answer);
    this.speech = whole ? "message" : "delta";
    this.otherSpeech = whole ? "delta" : "message";
  }

  /// Whether a choice holds an error.
  boolean hasFailed() {
    return failed;
  }

  /// Reads the value that the parser stands on.
  void readAll(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    answer.recognise();
    int place = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        read(parser, place);
      } else {
        parser.skipChildren();
      }
      place++;
    }
  }

  /// Where the index comes first, as OpenAI writes it, the answer needs no tree.
  private void read(JsonParser parser, int place) throws IOException {
    String field = parser.nextFieldName();
    if ("index".equals(field) && parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      int index = parser.getIntValue();
      if (index == 0) {
        readAnswer(parser);
      } else {
        answer.extensions().addChoice(index, treeFrom(parser.nextFieldName(), parser));
      }
      return;
    }
    ObjectNode choice = treeFrom(field, parser);
    int index = choice.path("index").asInt(place);
    if (index == 0) {
      read(choice);
    } else {
      answer.extensions().addChoice(index, choice);
    }
  }

  private static ObjectNode treeFrom(@Nullable String first, JsonParser parser) throws IOException {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    String field = first;
    while (field != null) {
      if (parser.currentToken() == JsonToken.FIELD_NAME) {
        parser.nextToken();
      }
      tree.set(field, ResponseJson.tree(parser));
      field = parser.nextFieldName();
    }
    return tree;
  }

  /// Takes another choice for the answer if the upstream has sent no choice with index 0.
  ///
  /// @throws BackendException if that choice holds an error
  void finish() throws IOException {
    JsonText other = answer.isAnswered() ? null : answer.extensions().takeFirstChoice();
    if (other != null) {
      read(ResponseJson.tree(other.text()));
      if (failed) {
        throw UpstreamFailures.inAnswer(other.text());
      }
    }
  }

  private void read(JsonNode choice) throws IOException {
    try (JsonParser parser = choice.traverse()) {
      parser.nextToken();
      readAnswer(parser);
    }
  }

  private void readAnswer(JsonParser parser) throws IOException {
    answer.answer();
    JsonNode other = null;
    String field = parser.nextFieldName();
    while (field != null) {
      boolean says = parser.nextToken() != JsonToken.VALUE_NULL;
      if (field.equals(speech)) {
        readSpeech(parser);
      } else if (says && field.equals(otherSpeech) && !spoken) {
        other = ResponseJson.tree(parser);
      } else if (says) {
        readField(field, parser);
      }
      field = parser.nextFieldName();
    }
    if (other != null && !spoken && other.isObject()) {
      try (JsonParser parserOfOther = other.traverse()) {
        parserOfOther.nextToken();
        deltas.read(parserOfOther);
      }
    }
  }

  private void readSpeech(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      spoken = true;
      deltas.read(parser);
    } else {
      parser.skipChildren();
    }
  }

  private void readField(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "finish_reason" -> answer.finishReasons().offer(ResponseJson.text(parser));
      case "finish_details" -> readFinishDetails(parser);
      case "stop_reason" -> readStopReason(parser);
      case "error" -> failed |= !ResponseJson.saysNothing(ResponseJson.tree(parser));
      case "usage" -> answer.usage(ResponseJson.tree(parser));
      case "logprobs" -> readLogprobs(parser);
      // Together repeats the text of the delta under "text".
      case "index", "text", "message", "delta" -> parser.skipChildren();
      default -> answer.extensions().put(AnswerPlace.CHOICE, field, ResponseJson.tree(parser));
    }
  }

  private void readFinishDetails(JsonParser parser) throws IOException {
    JsonNode details = ResponseJson.tree(parser);
    answer.finishReasons().offerDetails(details.path("type").asText());
    answer.extensions().put(AnswerPlace.CHOICE, "finish_details", details);
  }

  private void readStopReason(JsonParser parser) throws IOException {
    JsonNode reason = ResponseJson.tree(parser);
    if (reason.isTextual()) {
      answer.finishReasons().offerMatchedStop(reason.textValue());
    }
    answer.extensions().put(AnswerPlace.CHOICE, "stop_reason", reason);
  }

  private void readLogprobs(JsonParser parser) throws IOException {
    answer.extensions().add(AnswerPlace.CHOICE, "logprobs", ResponseJson.tree(parser));
  }
}
