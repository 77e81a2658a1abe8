package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the tool calls of assistant messages: ours (`{id, name, input}`), OpenAI's (`{id, type,
/// function: {name, arguments}}`), its custom ones and its oldest form.
final class ToolCallReader {
  private final Faults faults;
  private final ContentReader content;

  ToolCallReader(Faults faults, ContentReader content) {
    this.faults = faults;
    this.content = content;
  }

  /// Arguments as JSON text: text is taken as it is, because it was written by a model.
  static String arguments(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    return value.isMissingNode() || value.isNull() ? "{}" : value.toString();
  }

  List<ContentBlock> read(JsonNode calls, Location place) {
    List<ContentBlock> blocks = new ArrayList<>();
    if (calls.isArray()) {
      for (int i = 0; i < calls.size(); i++) {
        call(calls.get(i), place.item(i)).ifPresent(blocks::add);
      }
    } else if (!calls.isNull() && !calls.isMissingNode()) {
      faults.notAList(place, calls);
    }
    return blocks;
  }

  private Optional<ContentBlock> call(JsonNode call, Location place) {
    if (!call.isObject()) {
      faults.notADictionary(place, call);
      return Optional.empty();
    }
    if (call.has("function")) {
      return nested(call, "function", "arguments", place);
    }
    if (call.has("custom")) {
      return nested(call, "custom", "input", place);
    }
    return ours(call, place);
  }

  private Optional<ContentBlock> nested(
      JsonNode call, String field, String argumentsField, Location place) {
    JsonNode body = call.path(field);
    if (!body.isObject()) {
      faults.notADictionary(place.field(field), body);
      return Optional.empty();
    }
    Optional<String> id = content.text(call, "id", place);
    Optional<String> name = content.text(body, "name", place.field(field));
    if (id.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    Map<String, JsonText> extras = new LinkedHashMap<>();
    if (field.equals("custom")) {
      extras.put("type", new JsonText("\"custom\""));
    }
    extras.putAll(RequestJson.extras(call, Set.of("id", "type", field)).fields());
    return Optional.of(
        new ContentBlock.ToolUse(
            id.get(),
            name.get(),
            field.equals("custom")
                ? body.path(argumentsField).toString()
                : arguments(body.path(argumentsField)),
            new Extras(extras)));
  }

  private Optional<ContentBlock> ours(JsonNode call, Location place) {
    Optional<String> id = content.text(call, "id", place);
    Optional<String> name = content.text(call, "name", place);
    if (id.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ContentBlock.ToolUse(
            id.get(),
            name.get(),
            arguments(call.path("input")),
            RequestJson.extras(call, Set.of("id", "name", "input", "type"))));
  }

  /// OpenAI's oldest form, which has no id.
  Optional<ContentBlock> legacy(JsonNode call, Location place) {
    if (call.isNull() || call.isMissingNode()) {
      return Optional.empty();
    }
    return content
        .text(call, "name", place)
        .map(
            name ->
                new ContentBlock.ToolUse("", name, arguments(call.path("arguments")), Extras.NONE));
  }
}
