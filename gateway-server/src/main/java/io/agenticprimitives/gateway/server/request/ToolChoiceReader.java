package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.Optional;

/// Reads `tool_choice`: a word, the name of a tool, or the object of OpenAI, Anthropic or Bedrock.
final class ToolChoiceReader {
  private final Faults faults;

  ToolChoiceReader(Faults faults) {
    this.faults = faults;
  }

  Optional<ToolChoice> read(JsonNode choice, Location place) {
    if (choice.isNull()) {
      return Optional.empty();
    }
    if (choice.isTextual()) {
      return Optional.of(word(choice.textValue()));
    }
    if (choice.isObject()) {
      return Optional.of(object(choice));
    }
    faults.notAString(place.field("str"), choice);
    faults.notADictionary(place.field("dict[str,any]"), choice);
    return Optional.empty();
  }

  private static ToolChoice word(String word) {
    return switch (word) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required", "any" -> new ToolChoice.Required();
      default -> new ToolChoice.Named(word);
    };
  }

  private static ToolChoice object(JsonNode choice) {
    JsonNode name = choice.path("function").path("name");
    if (choice.path("type").asText().equals("function") && name.isTextual()) {
      return new ToolChoice.Named(name.textValue());
    }
    return choice.path("type").isTextual() ? anthropic(choice) : bedrock(choice);
  }

  private static ToolChoice anthropic(JsonNode choice) {
    return switch (choice.path("type").textValue()) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "any", "required" -> new ToolChoice.Required();
      case "tool", "function" ->
          choice.path("name").isTextual()
              ? new ToolChoice.Named(choice.path("name").textValue())
              : other(choice);
      default -> other(choice);
    };
  }

  private static ToolChoice bedrock(JsonNode choice) {
    if (choice.has("auto")) {
      return new ToolChoice.Auto();
    }
    if (choice.has("any")) {
      return new ToolChoice.Required();
    }
    JsonNode name = choice.path("tool").path("name");
    return name.isTextual() ? new ToolChoice.Named(name.textValue()) : other(choice);
  }

  private static ToolChoice other(JsonNode choice) {
    return new ToolChoice.Other(RequestJson.text(choice));
  }

  /// Anthropic's choice also says whether several tools may be called at once.
  static Optional<Boolean> parallelToolCalls(JsonNode choice) {
    JsonNode disable = choice.path("disable_parallel_tool_use");
    return disable.isBoolean() ? Optional.of(!disable.booleanValue()) : Optional.empty();
  }
}
