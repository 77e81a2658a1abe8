package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The messages of a chat completion request, in their order: every call is answered once, right
/// behind the message that made it, under the id that the fake gave it.
final class ChatMessages {
  private static final String PNG_DATA_URL = "data:image/png;base64,";

  /// Annotations are no input, but those who send back an answer as it came send them too.
  private static final Set<String> MEMBERS =
      Set.of(
          "role",
          "content",
          "name",
          "tool_calls",
          "tool_call_id",
          "refusal",
          "audio",
          "annotations");

  private final CallIds ids;
  private final List<String> system = new ArrayList<>();
  private final Set<String> open = new LinkedHashSet<>();
  private String userText = "";
  private List<byte[]> images = List.of();
  private List<String> results = new ArrayList<>();

  ChatMessages(CallIds ids) {
    this.ids = ids;
  }

  String system() {
    return String.join("\n", system);
  }

  String userText() {
    return userText;
  }

  List<byte[]> images() {
    return images;
  }

  List<String> results() {
    return results;
  }

  void add(JsonNode message) {
    Json.objectOf(message, "message", MEMBERS);
    String role = Json.text(message, "role", "message");
    Refused.unless(open.isEmpty() || role.equals("tool"), "no result for the calls " + open);
    switch (role) {
      case "system", "developer" -> system.add(text(message.path("content"), "system"));
      case "user" -> user(message.path("content"));
      case "assistant" -> assistant(message);
      case "tool" -> result(message);
      default -> throw new Refused("no such role: " + role);
    }
  }

  void end() {
    Refused.unless(open.isEmpty(), "no result for the calls " + open);
    Refused.unless(!userText.isEmpty(), "the user said nothing");
  }

  private void user(JsonNode content) {
    List<byte[]> seen = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    if (content.isTextual()) {
      words.append(content.textValue());
    } else {
      Refused.unless(content.isArray() && !content.isEmpty(), "user content must be a list");
      for (JsonNode part : content) {
        userPart(part, words, seen);
      }
    }
    userText = words.toString();
    images = seen;
    results = new ArrayList<>();
  }

  private static void userPart(JsonNode part, StringBuilder words, List<byte[]> seen) {
    switch (part.path("type").asText()) {
      case "text" -> {
        Json.objectOf(part, "part", Set.of("type", "text"));
        words.append(Json.text(part, "text", "part"));
      }
      case "image_url" -> {
        Json.objectOf(part, "part", Set.of("type", "image_url"));
        JsonNode image =
            Json.objectOf(part.get("image_url"), "image", Set.of("url", "detail", "format"));
        String url = Json.text(image, "url", "image_url");
        Refused.unless(url.startsWith(PNG_DATA_URL), "not the data URL of a PNG: " + url);
        byte[] bytes = Base64.getDecoder().decode(url.substring(PNG_DATA_URL.length()));
        PngImage.require(bytes, "image_url");
        seen.add(bytes);
      }
      default -> throw new Refused("no such part of a user message: " + part);
    }
  }

  private void assistant(JsonNode message) {
    JsonNode content = message.path("content");
    boolean silent = content.isNull() || content.isMissingNode();
    Refused.unless(!silent || message.has("tool_calls"), "an assistant message without content");
    if (!silent) {
      text(content, "assistant");
    }
    if (!message.has("tool_calls")) {
      return;
    }
    for (JsonNode call : Json.list(message, "tool_calls", "assistant")) {
      Json.objectOf(call, "tool_call", Set.of("id", "type", "function"));
      Refused.unless(call.path("type").asText().equals("function"), "tool_call.type");
      JsonNode function =
          Json.objectOf(call.path("function"), "function", Set.of("name", "arguments"));
      Json.text(function, "name", "tool_call.function");
      String arguments = Json.text(function, "arguments", "tool_call.function");
      Refused.unless(Json.parse(arguments, "arguments").isObject(), "arguments: " + arguments);
      ids.require(Json.text(call, "id", "tool_call"), "tool_call.id");
      Refused.unless(open.add(call.get("id").textValue()), "the same call twice");
    }
  }

  private void result(JsonNode message) {
    String id = Json.text(message, "tool_call_id", "tool message");
    Refused.unless(open.remove(id), "a result of no open call: " + id);
    results.add(text(message.path("content"), "tool"));
  }

  private static String text(JsonNode content, String role) {
    if (content.isTextual()) {
      return content.textValue();
    }
    Refused.unless(content.isArray() && !content.isEmpty(), role + " content must be text");
    StringBuilder words = new StringBuilder();
    for (JsonNode part : content) {
      Json.objectOf(part, role + " part", Set.of("type", "text"));
      Refused.unless(part.path("type").asText().equals("text"), role + " part must be text");
      words.append(Json.text(part, "text", role + " part"));
    }
    return words.toString();
  }
}
