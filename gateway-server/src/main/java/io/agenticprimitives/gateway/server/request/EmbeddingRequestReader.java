package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.EmbeddingInput;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Reads a request for embeddings (OpenAI API reference, "Create embeddings").
public final class EmbeddingRequestReader {
  /// More inputs belong into several requests.
  private static final int MAX_INPUTS = 100_000;

  private static final List<String> FIELD_ORDER =
      List.of("model", "input", "dimensions", "encoding_format");

  private final Faults faults = new Faults(FIELD_ORDER);
  private final Scalars scalars = new Scalars(faults);
  private String model = "";
  private final List<EmbeddingInput> inputs = new ArrayList<>();
  private boolean hasInput;
  private OptionalInt dimensions = OptionalInt.empty();
  private boolean base64;
  private final Map<String, JsonText> extras = new LinkedHashMap<>();

  private EmbeddingRequestReader() {}

  /// Reads a body.
  ///
  /// @param body JSON in UTF-8
  /// @throws RequestFaultsException if anything is wrong with it
  public static EmbeddingRequest read(byte[] body) {
    EmbeddingRequestReader reader = new EmbeddingRequestReader();
    BodyObject.read(
        body, reader.faults, (field, parser) -> reader.readField(field, RequestJson.value(parser)));
    if (!reader.hasInput && reader.faults.isEmpty()) {
      reader.faults.add("missing", Location.BODY.field("input"), "Field required", "{}");
    }
    if (!reader.faults.isEmpty()) {
      throw reader.faults.asException();
    }
    return new EmbeddingRequest(
        reader.model, reader.inputs, reader.dimensions, reader.base64, new Extras(reader.extras));
  }

  private void readField(String field, JsonNode value) {
    Location place = Location.BODY.field(field);
    switch (field) {
      case "input" -> readInput(value, place);
      case "model" -> model = value.isNull() ? "" : scalars.string(value, place).orElse("");
      case "dimensions" ->
          dimensions = value.isNull() ? OptionalInt.empty() : scalars.smallInteger(value, place);
      case "encoding_format" -> readFormat(value, place);
      default -> extras.put(field, RequestJson.text(value));
    }
  }

  private void readFormat(JsonNode value, Location place) {
    if (value.isNull()) {
      return;
    }
    String format = value.asText();
    base64 = format.equals("base64");
    if (!base64 && !format.equals("float")) {
      String message = "Input should be 'float' or 'base64'";
      faults.add("literal_error", place, message, value.toString());
    }
  }

  /// A text, a list of texts, a list of tokens, or a list of lists of tokens.
  private void readInput(JsonNode value, Location place) {
    hasInput = true;
    boolean single = value.isTextual() || (value.isArray() && value.path(0).isNumber());
    if (single) {
      readOne(value, place);
    } else if (!value.isArray()) {
      String message = "Input should be a valid string or a list of strings";
      faults.add("string_type", place, message, value.toString());
    } else if (value.isEmpty() || value.size() > MAX_INPUTS) {
      String message = "List should have 1 to " + MAX_INPUTS + " items";
      String type = value.isEmpty() ? "too_short" : "too_long";
      faults.add(type, place, message, String.valueOf(value.size()));
    } else {
      for (int i = 0; i < value.size(); i++) {
        readOne(value.get(i), place.item(i));
      }
    }
  }

  private void readOne(JsonNode value, Location place) {
    if (value.isTextual()) {
      inputs.add(new EmbeddingInput.Text(value.textValue()));
      return;
    }
    if (!value.isArray()) {
      faults.notAString(place, value);
      return;
    }
    List<Integer> tokens = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      scalars.smallInteger(value.get(i), place.item(i)).ifPresent(tokens::add);
    }
    inputs.add(new EmbeddingInput.Tokens(tokens));
  }
}
