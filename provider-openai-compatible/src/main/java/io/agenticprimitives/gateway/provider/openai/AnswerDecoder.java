package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Decodes an answer that comes as one JSON object, into the events that a stream of it would give.
final class AnswerDecoder {
  /// The longest body, in bytes. Answers with pictures or sound are long.
  static final int MAX_BODY = 64 << 20;

  private static final String WANTED = "an OpenAI chat completion";

  private AnswerDecoder() {}

  /// Reads the body to its end.
  ///
  /// @throws BackendException if it holds an error, ends too early, or is something else
  static List<StreamEvent> decode(InputStream body) {
    return decode(new AnswerBody("", body));
  }

  static List<StreamEvent> decode(AnswerBody body) {
    String json = WholeBody.read(body, "a JSON answer", MAX_BODY);
    if (json.isEmpty()) {
      throw AnswerFailures.empty();
    }
    AnswerEvents answer = new AnswerEvents();
    ChunkReader reader = new ChunkReader(answer, true);
    try {
      reader.read(json);
      if (!answer.isRecognised()) {
        throw AnswerFailures.notWhatWasAsked(WANTED, body.contentType(), body.sample());
      }
      reader.finish();
    } catch (IOException notJson) {
      if (endsTooEarly(json, notJson)) {
        throw AnswerFailures.cut(json.length() + " characters of JSON");
      }
      throw AnswerFailures.notWhatWasAsked(WANTED, body.contentType(), body.sample(), notJson);
    }
    return eventsOf(answer);
  }

  /// Whether an object has begun and nothing is wrong with it but that it ends.
  private static boolean endsTooEarly(String json, IOException fault) {
    return json.startsWith("{")
        && fault instanceof JsonProcessingException where
        && where.getLocation() != null
        && where.getLocation().getCharOffset() >= json.stripTrailing().length();
  }

  private static List<StreamEvent> eventsOf(AnswerEvents answer) {
    List<StreamEvent> events = new ArrayList<>();
    StreamEvent event = answer.poll();
    while (event != null) {
      events.add(event);
      event = answer.poll();
    }
    return events;
  }
}
