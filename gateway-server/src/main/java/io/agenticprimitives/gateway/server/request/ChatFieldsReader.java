package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the fields that mean something in a request of OpenAI's dialect and nothing, or something
/// else, in one of ours (OpenAI API reference, "Create chat completion").
final class ChatFieldsReader {
  private final Faults faults;
  private final Scalars scalars;
  private final Map<String, JsonText> extras;

  private boolean streamed;
  private boolean wantsUsage;
  private List<Tool> functions = List.of();
  private Optional<ToolChoice> functionCall = Optional.empty();

  /// Both as the caller wrote them.
  private final Map<String, JsonText> olderForm = new LinkedHashMap<>();

  /// @param extras takes the fields that only the upstream can honour
  ChatFieldsReader(Faults faults, Scalars scalars, Map<String, JsonText> extras) {
    this.faults = faults;
    this.scalars = scalars;
    this.extras = extras;
  }

  static boolean knows(String field) {
    return switch (field) {
      case "stream", "stream_options", "metadata", "functions", "function_call" -> true;
      default -> false;
    };
  }

  void read(String field, JsonNode value, Location place) {
    if (value.isNull()) {
      return;
    }
    switch (field) {
      case "stream" -> streamed = scalars.bool(value, place).orElse(false);
      case "stream_options" -> readStreamOptions(value, place);
      case "metadata" -> readMetadata(value, place);
      case "functions" -> {
        functions = new ToolReader(faults).read(value, place);
        olderForm.put(field, RequestJson.text(value));
      }
      case "function_call" -> {
        functionCall = readFunctionCall(value, place);
        olderForm.put(field, RequestJson.text(value));
      }
      default -> throw new IllegalArgumentException("Not a field of this dialect: " + field);
    }
  }

  /// The gateway itself gives the usage or leaves it away, and sends no padding; what else there is
  /// is for the upstream.
  private void readStreamOptions(JsonNode value, Location place) {
    if (!(value instanceof ObjectNode options)) {
      faults.notADictionary(place, value);
      return;
    }
    JsonNode usage = options.path("include_usage");
    if (!usage.isMissingNode() && !usage.isNull()) {
      wantsUsage = scalars.bool(usage, place.field("include_usage")).orElse(false);
    }
    ObjectNode others = options.deepCopy();
    others.remove(List.of("include_usage", "include_obfuscation"));
    if (!others.isEmpty()) {
      extras.put("stream_options", RequestJson.text(others));
    }
  }

  private void readMetadata(JsonNode value, Location place) {
    if (value.isObject()) {
      extras.put("metadata", RequestJson.text(value));
    } else {
      faults.notADictionary(place, value);
    }
  }

  private Optional<ToolChoice> readFunctionCall(JsonNode value, Location place) {
    if (value.isTextual()) {
      return new ToolChoiceReader(faults).read(value, place);
    }
    JsonNode name = value.path("name");
    if (name.isTextual()) {
      return Optional.of(new ToolChoice.Named(name.textValue()));
    }
    faults.missing(place.field("name"), value);
    return Optional.empty();
  }

  boolean isStreamed() {
    return streamed;
  }

  boolean wantsUsage() {
    return wantsUsage;
  }

  /// Tools in the older form, of which a model calls one at a time.
  List<Tool> functions() {
    return functions;
  }

  Optional<ToolChoice> functionCall() {
    return functionCall;
  }

  /// Leaves it to the upstream what to make of a field of the older form beside one of the newer.
  void passOn(String olderField) {
    JsonText value = olderForm.get(olderField);
    if (value != null) {
      extras.put(olderField, value);
    }
  }
}
