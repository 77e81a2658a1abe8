package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Puts fields of OpenAI's dialect into Converse's words where it has some, and takes out those
/// that ask for nothing: clients send them with every request.
///
/// @param fields the caller's; changed in place
record DialectFields(Reports reports, Map<String, JsonText> fields) {
  private static final Set<String> TIERS = Set.of("default", "flex", "priority", "reserved");

  /// What the fields say that say what holds anyway.
  private static final Map<String, List<String>> NEUTRAL =
      Map.of(
          "n", List.of("1"),
          "logprobs", List.of("false"),
          "top_logprobs", List.of("0"),
          "logit_bias", List.of("{}"),
          "store", List.of("false"),
          "modalities", List.of("[\"text\"]"));

  /// What Converse takes as a name or value of `requestMetadata`.
  private static final Pattern PAIR_TEXT = Pattern.compile("[a-zA-Z0-9\\s:_@$#=/+,.-]{1,256}");

  private static final int MOST_PAIRS = 16;

  void translate() {
    fields.entrySet().removeIf(field -> isNeutral(field.getKey(), field.getValue()));
    serviceTier();
    metadata();
  }

  private static boolean isNeutral(String name, JsonText value) {
    String compact = value.text().replaceAll("\\s", "");
    return compact.equals("null") || NEUTRAL.getOrDefault(name, List.of()).contains(compact);
  }

  /// OpenAI's word for the tier of service is also one of Bedrock's.
  private void serviceTier() {
    JsonText given = fields.remove("service_tier");
    String tier = given == null ? "auto" : JsonTrees.read(given, "service_tier").asText("");
    if (TIERS.contains(tier) && !fields.containsKey(RequestMembers.SERVICE_TIER)) {
      fields.put(
          RequestMembers.SERVICE_TIER, JsonTrees.write(JsonTrees.emptyObject().put("type", tier)));
    } else if (!tier.equals("auto")) {
      reports.dropped("service_tier", "Bedrock has no such tier, or 'serviceTier' is given, too.");
    }
  }

  /// The caller's notes and the user's name become the notes that Bedrock writes into its logs.
  private void metadata() {
    JsonText own = fields.get(RequestMembers.METADATA);
    ObjectNode pairs =
        own == null ? JsonTrees.emptyObject() : JsonTrees.readObject(own, RequestMembers.METADATA);
    JsonText notes = fields.remove("metadata");
    if (notes != null) {
      JsonTrees.readObject(notes, "metadata")
          .properties()
          .forEach(
              note -> pair("metadata." + note.getKey(), note.getKey(), note.getValue(), pairs));
    }
    JsonText user = fields.remove("user");
    if (user != null) {
      pair("user", "user", JsonTrees.read(user, "user"), pairs);
    }
    if (!pairs.isEmpty()) {
      fields.put(RequestMembers.METADATA, JsonTrees.write(pairs));
    }
  }

  private void pair(String path, String name, JsonNode value, ObjectNode pairs) {
    String text = value.asText("");
    boolean taken = pairs.has(name) && !pairs.path(name).asText().equals(text);
    if (!PAIR_TEXT.matcher(name).matches() || !PAIR_TEXT.matcher(text).matches()) {
      reports.dropped(
          path,
          "Bedrock takes notes of 1 to 256 letters, digits and characters of :_@$#=/+,-. only.");
    } else if (taken) {
      reports.dropped(path, "Another note has the same name.");
    } else if (!pairs.has(name) && pairs.size() >= MOST_PAIRS) {
      reports.dropped(path, "Bedrock takes " + MOST_PAIRS + " notes.");
    } else {
      pairs.put(name, text);
    }
  }
}
