package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// Decodes a list of models: `{"data":[...]}` (OpenAI and most others), a bare list (Together), or
/// `{"models":[...]}` (Ollama's own API, Google's). A model is its `id`, else its `name` or
/// `model`, or just a text.
final class ModelsDecoder {
  /// The longest body, in bytes; the longest known list has some hundred thousand.
  static final int MAX_BODY = 16 << 20;

  private static final String WANTED = "a list of models";

  private ModelsDecoder() {}

  /// The models in the upstream's order, repetitions included; an entry without a name is left out.
  ///
  /// @param memory is told how many bytes more are kept of the list
  /// @throws BackendException if the body holds an error, ends too early, or is something else
  static List<ModelInfo> decode(InputStream body, LongConsumer memory) {
    AnswerBody answer = new AnswerBody("", body, memory);
    JsonNode root = WholeBody.readTree(answer, WANTED, MAX_BODY);
    JsonNode list = root;
    if (root.isObject()) {
      if (ErrorBody.isError(root)) {
        throw UpstreamFailures.inAnswer(root);
      }
      list = root.has("data") ? root.path("data") : root.path("models");
    }
    // Ollama without any model says null.
    if (!list.isArray() && !list.isNull()) {
      throw AnswerFailures.notWhatWasAsked(WANTED, answer.contentType(), answer.sample());
    }
    List<ModelInfo> models = new ArrayList<>();
    for (JsonNode entry : list) {
      String key = nameKey(entry);
      String name = entry.isTextual() ? entry.textValue() : entry.path(key).asText();
      if (!name.isEmpty()) {
        models.add(new ModelInfo(name, extras(entry, key)));
      }
    }
    return models;
  }

  private static String nameKey(JsonNode entry) {
    for (String key : new String[] {"id", "name"}) {
      if (entry.path(key).isTextual() && !entry.path(key).textValue().isEmpty()) {
        return key;
      }
    }
    return "model";
  }

  private static Extras extras(JsonNode entry, String nameKey) {
    Map<String, JsonText> fields = new LinkedHashMap<>();
    entry.properties().stream()
        .filter(field -> !field.getKey().equals(nameKey))
        .forEach(
            field ->
                fields.put(field.getKey(), new JsonText(ResponseJson.write(field.getValue()))));
    return new Extras(fields);
  }
}
