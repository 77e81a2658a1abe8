package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The messages of a Converse request, in their order: the user begins, the roles alternate, no
/// text is blank, and all results of a message's calls stand together in the next one.
final class ConverseMessages {
  private final CallIds ids;
  private final Set<String> open = new LinkedHashSet<>();
  private String expected = "user";
  private boolean toolsUsed;
  private String userText = "";
  private List<byte[]> images = List.of();
  private List<String> results = new ArrayList<>();

  ConverseMessages(CallIds ids) {
    this.ids = ids;
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

  boolean usesTools() {
    return toolsUsed;
  }

  static String visible(JsonNode block, String path) {
    String text = Json.text(block, "text", path);
    Refused.unless(!text.isBlank(), path + ": text content blocks must not be blank");
    return text;
  }

  void add(JsonNode message) {
    Json.objectOf(message, "message", Set.of("role", "content"));
    String role = Json.text(message, "role", "message");
    Refused.unless(
        role.equals(expected), "A conversation must alternate between user and assistant roles");
    expected = role.equals("user") ? "assistant" : "user";
    JsonNode content = Json.list(message, "content", "message");
    if (role.equals("assistant")) {
      content.forEach(this::assistantBlock);
    } else {
      user(content);
    }
  }

  void end() {
    Refused.unless(open.isEmpty(), "Expected toolResult blocks for " + open);
    Refused.unless(expected.equals("assistant"), "the conversation must end with the user");
  }

  private void assistantBlock(JsonNode block) {
    Refused.unless(block.size() == 1, "a content block must have one member");
    if (block.has("text")) {
      visible(block, "assistant");
      return;
    }
    Json.objectOf(block, "assistant block", Set.of("toolUse"));
    JsonNode use =
        Json.objectOf(block.get("toolUse"), "toolUse", Set.of("toolUseId", "name", "input"));
    Json.text(use, "name", "toolUse");
    Refused.unless(use.path("input").isObject(), "toolUse.input must be an object");
    String id = Json.text(use, "toolUseId", "toolUse");
    ids.require(id, "toolUseId");
    Refused.unless(open.add(id), "the same call twice");
    toolsUsed = true;
  }

  private void user(JsonNode content) {
    List<byte[]> seen = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    for (JsonNode block : content) {
      Refused.unless(block.size() == 1, "a content block must have one member");
      if (block.has("toolResult")) {
        Refused.unless(words.isEmpty(), "results of tools must come first");
        result(block.get("toolResult"));
      } else if (block.has("image")) {
        seen.add(image(block.get("image")));
      } else {
        Json.objectOf(block, "user block", Set.of("text"));
        words.append(visible(block, "user"));
      }
    }
    Refused.unless(open.isEmpty(), "Expected toolResult blocks for " + open);
    if (!words.isEmpty()) {
      userText = words.toString();
      images = seen;
      if (content.findValues("toolResult").isEmpty()) {
        results = new ArrayList<>();
      }
    }
  }

  private static byte[] image(JsonNode image) {
    Json.objectOf(image, "image", Set.of("format", "source"));
    Refused.unless(Json.text(image, "format", "image").equals("png"), "image.format");
    JsonNode source = Json.objectOf(image.get("source"), "image.source", Set.of("bytes"));
    byte[] bytes = Base64.getDecoder().decode(Json.text(source, "bytes", "image.source"));
    PngImage.require(bytes, "image.source.bytes");
    return bytes;
  }

  private void result(JsonNode result) {
    Json.objectOf(result, "toolResult", Set.of("toolUseId", "content", "status"));
    String id = Json.text(result, "toolUseId", "toolResult");
    Refused.unless(open.remove(id), "a result of no open call: " + id);
    String status = result.path("status").asText("success");
    Refused.unless(Set.of("success", "error").contains(status), "toolResult.status");
    for (JsonNode block : Json.list(result, "content", "toolResult")) {
      Json.objectOf(block, "toolResult block", Set.of("text", "json"));
      results.add(block.has("text") ? visible(block, "toolResult") : block.path("json").toString());
    }
  }
}
