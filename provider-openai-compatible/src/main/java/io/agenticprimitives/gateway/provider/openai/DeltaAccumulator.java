package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up a JSON value that a stream sends in pieces: objects member by member, texts that are
/// known to come in pieces by joining them, lists by appending, list elements that belong together
/// by adding them up. What comes in one piece stays exactly as it came.
final class DeltaAccumulator {

  /// What is added up; it decides which texts are joined and which list elements belong together.
  enum Kind {
    /// Reasoning blocks: an element continues the one before it if both are of one type and the
    /// block is not closed by a signature. Encrypted blocks stand alone.
    REASONING,
    /// A choice that is not the answer: elements with the same `index` belong together.
    CHOICE,
    /// Fields that are not understood: elements with the same `index` belong together, a later text
    /// replaces an earlier one, except in the pieces of sound.
    EXTENSION;

    /// Whether the texts of a member are pieces of one text.
    boolean joins(String member) {
      return switch (this) {
        case REASONING -> isReasoningText(member);
        case CHOICE ->
            switch (member) {
              case "content",
                  "refusal",
                  "reasoning",
                  "reasoning_content",
                  "reasoning_text",
                  "arguments",
                  "input" ->
                  true;
              default -> isReasoningText(member);
            };
        case EXTENSION -> member.equals("data") || member.equals("transcript");
      };
    }

    private static boolean isReasoningText(String member) {
      return member.equals("text") || member.equals("summary") || member.equals("thinking");
    }
  }

  /// How many elements of a list may still get pieces: no model makes more calls at once.
  private static final int MAX_OPEN = 1000;

  /// A list element that will not change, as text: a tenth of the memory of a tree.
  private record Raw(String json) {}

  private final Kind kind;
  private final KeptSize kept;

  /// A JsonNode, a map of members, a list of elements, a StringBuilder, or Raw.
  private @Nullable Object root;

  DeltaAccumulator(Kind kind, KeptSize kept) {
    this.kind = kind;
    this.kept = kept;
  }

  void add(JsonNode piece) {
    root = merged("", root, piece);
  }

  /// What was added up.
  ///
  /// @throws IllegalStateException if nothing was added
  JsonText json() {
    Object value = root;
    if (value == null) {
      throw new IllegalStateException("Nothing was added");
    }
    StringBuilder json = new StringBuilder();
    write(value, json);
    return new JsonText(json.toString());
  }

  private Object merged(String name, @Nullable Object old, JsonNode piece) {
    if (old == null || (old instanceof JsonNode node && ResponseJson.saysNothing(node))) {
      kept.add(name.length() + ResponseJson.write(piece).length());
      return piece;
    }
    if (ResponseJson.saysNothing(piece)) {
      return old;
    }
    Map<String, Object> members = piece.isObject() ? members(old) : null;
    if (members != null) {
      piece.properties().forEach(field -> put(members, field.getKey(), field.getValue()));
      return members;
    }
    List<Object> elements = piece.isArray() ? elements(old) : null;
    if (elements != null) {
      piece.forEach(element -> append(elements, element));
      return elements;
    }
    StringBuilder text = piece.isTextual() && kind.joins(name) ? builder(old) : null;
    if (text != null) {
      kept.add(piece.textValue().length());
      return text.append(piece.textValue());
    }
    return piece;
  }

  private void put(Map<String, Object> members, String name, JsonNode value) {
    members.put(name, merged(name, members.get(name), value));
  }

  @SuppressWarnings("unchecked") // Maps and lists are made here alone.
  private @Nullable Map<String, Object> members(Object value) {
    if (value instanceof JsonNode node && node.isObject()) {
      Map<String, Object> members = new LinkedHashMap<>();
      node.properties().forEach(field -> members.put(field.getKey(), field.getValue()));
      return members;
    }
    return value instanceof Map<?, ?> ? (Map<String, Object>) value : null;
  }

  @SuppressWarnings("unchecked") // Maps and lists are made here alone.
  private @Nullable List<Object> elements(Object value) {
    if (value instanceof JsonNode node && node.isArray()) {
      List<Object> elements = new ArrayList<>();
      node.forEach(element -> elements.add(stored(element)));
      return elements;
    }
    return value instanceof List<?> ? (List<Object>) value : null;
  }

  private static @Nullable StringBuilder builder(Object value) {
    if (value instanceof JsonNode node && node.isTextual()) {
      return new StringBuilder(node.textValue());
    }
    return value instanceof StringBuilder builder ? builder : null;
  }

  private Object stored(JsonNode element) {
    boolean mayContinue = kind == Kind.REASONING || element.has("index");
    return mayContinue ? element : new Raw(ResponseJson.write(element));
  }

  private void append(List<Object> elements, JsonNode piece) {
    int place = kind == Kind.REASONING ? elements.size() - 1 : placeOf(piece, elements);
    Map<String, Object> element =
        place < 0 || !piece.isObject() ? null : members(elements.get(place));
    if (element != null && (kind != Kind.REASONING || continues(element, piece))) {
      elements.set(place, merged("", element, piece));
    } else {
      kept.add(ResponseJson.write(piece).length());
      elements.add(stored(piece));
    }
  }

  /// Where the element with the same index stands, among the last ones; -1 if there is none.
  private static int placeOf(JsonNode piece, List<Object> elements) {
    JsonNode index = piece.path("index");
    int oldest = Math.max(0, elements.size() - MAX_OPEN);
    for (int i = elements.size() - 1; index.isInt() && i >= oldest; i--) {
      Object other =
          switch (elements.get(i)) {
            case JsonNode node -> node.path("index");
            case Map<?, ?> members -> members.get("index");
            default -> null;
          };
      if (index.equals(other)) {
        return i;
      }
    }
    return -1;
  }

  /// Whether a piece of reasoning continues the block before it.
  private static boolean continues(Map<String, Object> element, JsonNode piece) {
    String type = piece.path("type").asText();
    boolean closed = isSigned(element) && hasText(piece);
    return !closed
        && !type.contains("encrypted")
        && !type.contains("redacted")
        && same(element, piece, "type")
        && same(element, piece, "index")
        && same(element, piece, "id");
  }

  private static boolean isSigned(Map<String, Object> element) {
    Object signature = element.get("signature");
    return signature != null
        && !(signature instanceof JsonNode node && ResponseJson.saysNothing(node));
  }

  private static boolean hasText(JsonNode piece) {
    return piece.properties().stream()
        .anyMatch(
            field ->
                Kind.isReasoningText(field.getKey())
                    && !ResponseJson.saysNothing(field.getValue()));
  }

  /// Whether a member is the same in both, or one of them leaves it out.
  private static boolean same(Map<String, Object> element, JsonNode piece, String name) {
    JsonNode value = piece.path(name);
    Object other = element.get(name);
    return other == null
        || ResponseJson.saysNothing(value)
        || (other instanceof JsonNode node && ResponseJson.saysNothing(node))
        || value.equals(other);
  }

  private static void write(Object value, StringBuilder json) {
    switch (value) {
      case JsonNode node -> json.append(ResponseJson.write(node));
      case Raw raw -> json.append(raw.json());
      case StringBuilder text -> json.append(ResponseJson.quoted(text.toString()));
      case List<?> elements -> {
        json.append('[');
        String separator = "";
        for (Object element : elements) {
          write(element, json.append(separator));
          separator = ",";
        }
        json.append(']');
      }
      case Map<?, ?> members -> {
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
          json.append(separator).append(ResponseJson.quoted((String) member.getKey())).append(':');
          write(member.getValue(), json);
          separator = ",";
        }
        json.append('}');
      }
      default -> throw new IllegalStateException("Not made here: " + value.getClass());
    }
  }
}
