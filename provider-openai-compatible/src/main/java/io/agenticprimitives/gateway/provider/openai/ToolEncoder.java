package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Writes what the model may call and the form that its answer must have.
final class ToolEncoder {
  private static final Set<String> FUNCTION_FIELDS =
      Set.of("name", "description", "parameters", "strict");

  private static final JsonText NO_ARGUMENTS =
      new JsonText("{\"type\":\"object\",\"properties\":{}}");

  private final JsonGenerator json;
  private final Adjustments adjustments;

  ToolEncoder(JsonGenerator json, Adjustments adjustments) {
    this.json = json;
    this.adjustments = adjustments;
  }

  void write(CompletionRequest request) throws IOException {
    writeTools(request.tools());
    if (request.toolChoice().isPresent()) {
      boolean anything =
          !request.tools().isEmpty() || request.extras().fields().containsKey("functions");
      if (anything) {
        json.writeFieldName("tool_choice");
        writeChoice(request.toolChoice().get());
      } else if (!isIdle(request.toolChoice().get())) {
        adjustments.dropped("tool_choice", "There are no tools to choose from.");
      }
    }
    if (request.responseFormat().isPresent()) {
      json.writeFieldName("response_format");
      writeFormat(request.responseFormat().get());
    }
  }

  /// A choice that means the same without any tools.
  private static boolean isIdle(ToolChoice choice) {
    return choice instanceof ToolChoice.Auto || choice instanceof ToolChoice.None;
  }

  private void writeTools(List<Tool> tools) throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    for (Tool tool : tools) {
      switch (tool) {
        case Tool.Function function -> writeFunction(function);
        case Tool.Other other -> json.writeRawValue(other.json().text());
        default -> throw unknown("tools");
      }
    }
    json.writeEndArray();
  }

  private void writeFunction(Tool.Function function) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "function");
    json.writeObjectFieldStart("function");
    json.writeStringField("name", function.name());
    if (!function.description().isEmpty()) {
      json.writeStringField("description", function.description());
    }
    if (function.inputSchema().isPresent()) {
      RequestJson.writeRaw(json, "parameters", ofObject(function.inputSchema().get()));
    }
    if (function.strict().isPresent()) {
      json.writeBooleanField("strict", function.strict().get());
    }
    RequestJson.writeExtras(json, function.functionExtras(), FUNCTION_FIELDS);
    json.writeEndObject();
    RequestJson.writeExtras(json, function.extras(), Set.of("type", "function"));
    json.writeEndObject();
  }

  /// OpenAI refuses a schema that says nothing; this one says the same, that there are no
  /// arguments.
  private static JsonText ofObject(JsonText schema) {
    String text = schema.text().strip();
    boolean empty = text.startsWith("{") && text.substring(1, text.length() - 1).isBlank();
    return empty ? NO_ARGUMENTS : schema;
  }

  private void writeChoice(ToolChoice choice) throws IOException {
    switch (choice) {
      case ToolChoice.Auto _ -> json.writeString("auto");
      case ToolChoice.None _ -> json.writeString("none");
      case ToolChoice.Required _ -> json.writeString("required");
      case ToolChoice.Named named -> {
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", named.name());
        json.writeEndObject();
        json.writeEndObject();
      }
      case ToolChoice.Other other -> json.writeRawValue(other.json().text());
      default -> throw unknown("tool_choice");
    }
  }

  private void writeFormat(ResponseFormat format) throws IOException {
    switch (format) {
      case ResponseFormat.Text _ -> writeType("text");
      case ResponseFormat.JsonObject _ -> writeType("json_object");
      case ResponseFormat.JsonSchema schema -> writeSchema(schema);
      case ResponseFormat.Other other -> json.writeRawValue(other.json().text());
      default -> throw unknown("response_format");
    }
  }

  private void writeType(String type) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeEndObject();
  }

  private void writeSchema(ResponseFormat.JsonSchema schema) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "json_schema");
    json.writeObjectFieldStart("json_schema");
    json.writeStringField("name", schema.name());
    if (!schema.description().isEmpty()) {
      json.writeStringField("description", schema.description());
    }
    if (schema.schema().isPresent()) {
      RequestJson.writeRaw(json, "schema", schema.schema().get());
    }
    if (schema.strict().isPresent()) {
      json.writeBooleanField("strict", schema.strict().get());
    }
    RequestJson.writeExtras(
        json, schema.extras(), Set.of("name", "description", "schema", "strict"));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static BackendException unknown(String path) {
    return new BackendException(
        ErrorKind.UNSUPPORTED,
        "This provider is older than the gateway and does not know what is in '" + path + "'.");
  }
}
