package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import java.util.Optional;
import java.util.Set;

/// Reads `response_format` (OpenAI API reference, "Create chat completion").
final class ResponseFormatReader {
  private final Faults faults;

  ResponseFormatReader(Faults faults) {
    this.faults = faults;
  }

  Optional<ResponseFormat> read(JsonNode format, Location place) {
    if (format.isNull()) {
      return Optional.empty();
    }
    if (!format.isObject()) {
      faults.notADictionary(place, format);
      return Optional.empty();
    }
    return Optional.of(
        switch (format.path("type").asText()) {
          case "text" -> new ResponseFormat.Text();
          case "json_object" ->
              format.size() == 1
                  ? new ResponseFormat.JsonObject()
                  : new ResponseFormat.Other(RequestJson.text(format));
          case "json_schema" -> schema(format);
          default -> new ResponseFormat.Other(RequestJson.text(format));
        });
  }

  private static ResponseFormat schema(JsonNode format) {
    JsonNode schema = format.path("json_schema");
    if (!schema.path("name").isTextual()) {
      return new ResponseFormat.Other(RequestJson.text(format));
    }
    return new ResponseFormat.JsonSchema(
        schema.path("name").textValue(),
        schema.path("description").isTextual() ? schema.path("description").textValue() : "",
        schema.path("schema").isObject()
            ? Optional.of(RequestJson.text(schema.path("schema")))
            : Optional.empty(),
        schema.path("strict").isBoolean()
            ? Optional.of(schema.path("strict").booleanValue())
            : Optional.empty(),
        RequestJson.extras(schema, Set.of("name", "description", "schema", "strict")));
  }
}
