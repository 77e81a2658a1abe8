package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.BesideResults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks how messages follow one another.
record TurnValidator(Violations violations, ModelTraits traits) {

  void check(JsonNode messages) {
    List<String> open = List.of();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      String place = "messages." + i;
      String role = messages.get(i).path("role").asText();
      violations.members(messages.get(i), place, Set.of("role", "content"), Set.of());
      violations.check(
          role.equals(i % 2 == 0 ? "user" : "assistant"),
          place,
          "must alternate between user and assistant, user first");
      JsonNode content = messages.get(i).path("content");
      if (role.equals("user")) {
        results(content, open, place);
        files(content, place);
        open = List.of();
      } else {
        open = calls(content, ids, place);
      }
    }
    violations.check(open.isEmpty(), "messages", "calls without results: " + open);
    if (messages.size() % 2 == 0 && !messages.isEmpty()) {
      prefill(messages.get(messages.size() - 1).path("content"));
    }
  }

  private void results(JsonNode content, List<String> open, String place) {
    List<String> answered = new ArrayList<>();
    List<String> beside = new ArrayList<>();
    for (JsonNode block : content) {
      if (block.has("toolResult")) {
        answered.add(block.path("toolResult").path("toolUseId").asText());
        violations.check(beside.isEmpty(), place, "results must come first");
      } else if (!block.has("cachePoint")) {
        beside.add(block.fieldNames().next());
      }
    }
    violations.check(
        answered.equals(open), place, "must answer " + open + " but answers " + answered);
    if (!answered.isEmpty()) {
      boolean alone = traits.besideResults() != BesideResults.NOTHING || beside.isEmpty();
      boolean files = beside.contains("document") || beside.contains("video");
      violations.check(alone, place, "results must be alone");
      violations.check(
          traits.besideResults() == BesideResults.ANYTHING || !files, place, "no files here");
    }
  }

  private void files(JsonNode content, String place) {
    boolean files = false;
    boolean text = false;
    for (JsonNode block : content) {
      files |= block.has("document") || block.has("video");
      text |= block.has("text");
    }
    violations.check(!files || text, place, "a text block must be included");
  }

  private List<String> calls(JsonNode content, Set<String> ids, String place) {
    List<String> calls = new ArrayList<>();
    for (JsonNode block : content) {
      JsonNode call = block.path("toolUse");
      if (!call.isMissingNode()) {
        String id = call.path("toolUseId").asText();
        violations.check(ids.add(id), place, "ids must be unique: " + id);
        violations.check(
            !traits.shortCallIds() || id.matches("[a-zA-Z0-9]{9}"), place, "id is not short");
        if (!call.path("type").asText("").equals("server_tool_use")) {
          calls.add(id);
        }
      }
    }
    return calls;
  }

  private void prefill(JsonNode content) {
    for (int i = content.size() - 1; i >= 0; i--) {
      if (!content.get(i).has("cachePoint")) {
        String text = content.get(i).path("text").asText("");
        violations.check(text.equals(text.stripTrailing()), "messages", "ends in white space");
        return;
      }
    }
  }
}
