package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Embedding;
import io.agenticprimitives.gateway.api.llm.EmbeddingInput;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Requests for embeddings and the answers to them (OpenAI API reference, "Create embeddings").
final class EmbeddingsCodec {
  private static final String WANTED = "a list of embeddings";
  private static final Set<String> OWN_FIELDS =
      Set.of("model", "input", "dimensions", "encoding_format");

  /// Fields of the answer that are known.
  private static final Set<String> READ = Set.of("object", "data", "model", "usage", "error");

  private EmbeddingsCodec() {}

  static EncodedRequest encode(EmbeddingRequest request, String defaultModel) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = RequestJson.generator(bytes)) {
      json.writeStartObject();
      String model = request.model().isEmpty() ? defaultModel : request.model();
      if (!model.isEmpty()) {
        json.writeStringField("model", model);
      }
      json.writeFieldName("input");
      writeInputs(json, request.inputs());
      if (request.dimensions().isPresent()) {
        json.writeNumberField("dimensions", request.dimensions().getAsInt());
      }
      if (request.base64()) {
        json.writeStringField("encoding_format", "base64");
      }
      RequestJson.writeExtras(json, request.extras(), OWN_FIELDS);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory failed", impossible);
    }
    return new EncodedRequest(bytes.toByteArray());
  }

  /// A single input is written alone: some servers know no list.
  private static void writeInputs(JsonGenerator json, List<EmbeddingInput> inputs)
      throws IOException {
    if (inputs.size() == 1) {
      writeInput(json, inputs.getFirst());
      return;
    }
    json.writeStartArray();
    for (EmbeddingInput input : inputs) {
      writeInput(json, input);
    }
    json.writeEndArray();
  }

  private static void writeInput(JsonGenerator json, EmbeddingInput input) throws IOException {
    switch (input) {
      case EmbeddingInput.Text text -> json.writeString(text.text());
      case EmbeddingInput.Tokens tokens -> {
        int[] numbers = tokens.tokens().stream().mapToInt(Integer::intValue).toArray();
        json.writeArray(numbers, 0, numbers.length);
      }
      default ->
          throw new BackendException(
              ErrorKind.UNSUPPORTED,
              "This provider is older than the gateway and does not know this kind of input.");
    }
  }

  /// Reads an answer.
  ///
  /// @param inputs how many vectors there must be
  /// @param memory is told how many bytes more are kept of the answer
  /// @throws BackendException if it is none, or not complete
  static Embeddings decode(
      @Nullable String contentType, InputStream body, int inputs, LongConsumer memory) {
    AnswerBody answer = new AnswerBody(contentType == null ? "" : contentType, body, memory);
    JsonNode root = WholeBody.readTree(answer, WANTED, AnswerDecoder.MAX_BODY);
    if (ErrorBody.isError(root)) {
      throw UpstreamFailures.inAnswer(root);
    }
    if (!root.path("data").isArray()) {
      throw AnswerFailures.notWhatWasAsked(WANTED, answer.contentType(), answer.sample());
    }
    UsageRecord usage = new UsageRecord();
    usage.offer(root.path("usage"));
    return new Embeddings(
        root.path("model").asText(""),
        vectors(root.path("data"), inputs),
        usage.usage(),
        extensions(root, usage.raw()));
  }

  /// In the order of the inputs: an entry says by its index which input it belongs to.
  private static List<Embedding> vectors(JsonNode data, int inputs) {
    @Nullable Embedding[] vectors = new Embedding[inputs];
    int place = 0;
    for (JsonNode entry : data) {
      int index = entry.path("index").asInt(place++);
      if (index >= 0 && index < inputs) {
        vectors[index] = vector(entry.path("embedding"));
      }
    }
    List<Embedding> complete = new ArrayList<>(inputs);
    for (Embedding vector : vectors) {
      if (vector != null) {
        complete.add(vector);
      }
    }
    if (complete.size() != inputs || data.size() != inputs) {
      throw new BackendException(
          ErrorKind.UPSTREAM_FAILURE,
          "The upstream sent %d embeddings for %d inputs".formatted(data.size(), inputs));
    }
    return complete;
  }

  private static @Nullable Embedding vector(JsonNode vector) {
    if (vector.isTextual()) {
      return new Embedding.Base64(vector.textValue());
    }
    return vector.isArray()
        ? new Embedding.Numbers(new JsonText(ResponseJson.write(vector)))
        : null;
  }

  private static List<StreamEvent.Extension> extensions(JsonNode root, @Nullable JsonNode usage) {
    List<StreamEvent.Extension> extensions = new ArrayList<>();
    if (usage != null) {
      extensions.add(new StreamEvent.Extension("usage", new JsonText(ResponseJson.write(usage))));
    }
    ((ObjectNode) root)
        .properties().stream()
            .filter(field -> !READ.contains(field.getKey()) && !field.getValue().isNull())
            .map(
                field ->
                    new StreamEvent.Extension(
                        field.getKey(), new JsonText(ResponseJson.write(field.getValue()))))
            .forEach(extensions::add);
    return extensions;
  }
}
