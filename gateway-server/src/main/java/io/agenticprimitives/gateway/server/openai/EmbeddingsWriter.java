package io.agenticprimitives.gateway.server.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.Embedding;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.Adjustment;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.List;
import java.util.Optional;

/// Writes vectors as a list of `embedding` objects, in the form that the caller asked for whatever
/// the upstream sent.
public final class EmbeddingsWriter {
  private EmbeddingsWriter() {}

  /// Writes one answer.
  ///
  /// @param base64 whether the caller wants base64
  /// @param adjustments what of the request was not passed on as it was given
  /// @throws BackendException if what the upstream sent is no vector
  public static void write(
      Embeddings answer, boolean base64, List<Adjustment> adjustments, JsonBuffer json) {
    json.object().field("object", "list").name("data").array();
    for (int index = 0; index < answer.vectors().size(); index++) {
      json.object().field("object", "embedding").field("index", index).name("embedding");
      writeVector(answer.vectors().get(index), base64, json);
      json.endObject();
    }
    json.endArray().field("model", answer.model());
    AnswerFields fields = new AnswerFields();
    answer.extensions().forEach(field -> fields.put(field.place(), field.name(), field.value()));
    writeUsage(fields.take(AnswerPlace.ANSWER, "usage"), answer.usage(), json);
    ChatFields.writeAdjustments(json, adjustments);
    for (String name : List.of("id", "created")) {
      fields.take(AnswerPlace.ANSWER, name).ifPresent(value -> json.field(name, value));
    }
    fields.drain(AnswerPlace.ANSWER, json);
    json.endObject();
  }

  private static void writeVector(Embedding vector, boolean base64, JsonBuffer json) {
    try {
      switch (vector) {
        case Embedding.Numbers numbers when base64 ->
            json.value(Float32Vectors.toBase64(numbers.numbers()));
        case Embedding.Numbers numbers -> json.value(numbers.numbers());
        case Embedding.Base64 bytes when base64 -> json.value(bytes.base64());
        case Embedding.Base64 bytes -> json.value(Float32Vectors.toNumbers(bytes.base64()));
      }
    } catch (IllegalArgumentException notAVector) {
      throw new BackendException(
          ErrorKind.UPSTREAM_FAILURE,
          "The upstream sent an embedding that is no vector: " + notAVector.getMessage(),
          notAVector);
    }
  }

  private static void writeUsage(Optional<JsonText> upstream, Usage usage, JsonBuffer json) {
    if (upstream.isPresent()) {
      json.field("usage", upstream.get());
    } else if (usage.inputTokens().isPresent()) {
      long tokens = usage.inputTokens().getAsLong();
      json.name("usage").object();
      json.field("prompt_tokens", tokens).field("total_tokens", tokens).endObject();
    }
  }
}
