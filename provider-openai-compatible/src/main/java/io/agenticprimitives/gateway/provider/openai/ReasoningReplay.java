package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// A part of an assistant message that its upstream wants to see again, unchanged, in the next
/// request: signed or encrypted reasoning. This is the one place that knows the form in which it
/// travels through the gateway, as the JSON of a
/// [ReasoningBlock][io.agenticprimitives.gateway.api.llm.StreamEvent.ReasoningBlock] and of
/// [ContentBlock.Reasoning#opaque()][io.agenticprimitives.gateway.api.llm.ContentBlock.Reasoning#opaque()]:
///
/// - `{"field":"reasoning_details","value":[...]}`: the message gets the field with this value. An
///   answer may have several such blocks, one for each field.
/// - `{"field":"content","value":[{"type":"thinking",...}]}`: these parts stand in the message's
///   content before its text (Mistral, Databricks).
/// - `{"field":"extra_content","tool_call":0,"value":{...}}`: the tool call with this index among
///   the calls of the message gets the field (Gemini's thought signatures).
///
/// The block comes back by way of the caller, who may have made it up. So [#decode(JsonText)] takes
/// only names that cannot change what a message is.
///
/// @param field the name of the field
/// @param toolCall the index of the tool call that has the field; empty for the message itself
/// @param value what the upstream sent
record ReasoningReplay(String field, OptionalInt toolCall, JsonText value) {
  /// The field whose value is a list of parts that stand before the text.
  static final String CONTENT = "content";

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  /// Names that have a meaning of their own in a message or in a tool call.
  private static final Set<String> TAKEN =
      Set.of(
          "role",
          "tool_calls",
          "tool_call_id",
          "function_call",
          "name",
          "refusal",
          "audio",
          "prefix",
          "partial",
          "id",
          "type",
          "index",
          "function",
          "custom",
          "arguments");

  /// A field of the message itself.
  static ReasoningReplay ofMessage(String field, JsonText value) {
    return new ReasoningReplay(field, OptionalInt.empty(), value);
  }

  /// A field of one tool call.
  static ReasoningReplay ofToolCall(int index, String field, JsonText value) {
    return new ReasoningReplay(field, OptionalInt.of(index), value);
  }

  /// Whether a field of an answer holds something to be sent back, to judge by its name: vendors
  /// agree on the words, not on the names.
  static boolean isOpaqueField(String name) {
    return switch (name) {
      case "reasoning_details", "thinking_blocks", "extra_content", "provider_specific_fields" ->
          true;
      default -> {
        String lower = name.toLowerCase(Locale.ROOT);
        yield lower.contains("signature")
            || lower.contains("encrypted")
            || lower.contains("opaque")
            || lower.contains("redacted");
      }
    };
  }

  /// Whether a part of a content list is reasoning: `thinking`, `redacted_thinking`, `reasoning`.
  static boolean isReasoningPart(JsonNode part) {
    String type = part.path("type").asText();
    return type.contains("thinking") || type.contains("reasoning");
  }

  /// The event that carries it.
  StreamEvent.ReasoningBlock encode() {
    StringBuilder json = new StringBuilder(value.text().length() + 64);
    json.append("{\"field\":").append(ResponseJson.quoted(field));
    toolCall.ifPresent(index -> json.append(",\"tool_call\":").append(index));
    json.append(",\"value\":").append(value.text()).append('}');
    return new StreamEvent.ReasoningBlock(new JsonText(json.toString()), asExtension());
  }

  /// Empty for parts of the content: callers get them as text.
  private Optional<StreamEvent.Extension> asExtension() {
    if (field.equals(CONTENT)) {
      return Optional.empty();
    }
    AnswerPlace place =
        toolCall.isPresent() ? AnswerPlace.toolCall(toolCall.getAsInt()) : AnswerPlace.MESSAGE;
    return Optional.of(new StreamEvent.Extension(place, field, value));
  }

  /// Reads a block that a caller sent back.
  ///
  /// @return empty if it was not made by [#encode()]: another kind of backend made it, or a caller
  static Optional<ReasoningReplay> decode(JsonText opaque) {
    JsonNode tree = ResponseJson.treeOrNull(opaque.text());
    if (!(tree instanceof ObjectNode block)) {
      return Optional.empty();
    }
    String field = block.path("field").asText();
    JsonNode value = block.path("value");
    boolean good =
        NAME.matcher(field).matches() && !TAKEN.contains(field) && !value.isMissingNode();
    if (field.equals(CONTENT)) {
      good &= value.isArray() && value.valueStream().allMatch(ReasoningReplay::isReasoningPart);
    }
    JsonNode index = block.path("tool_call");
    good &= index.isMissingNode() || (index.canConvertToInt() && index.asInt() >= 0);
    return good
        ? Optional.of(
            new ReasoningReplay(
                field,
                index.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(index.asInt()),
                new JsonText(ResponseJson.write(value))))
        : Optional.empty();
  }
}
