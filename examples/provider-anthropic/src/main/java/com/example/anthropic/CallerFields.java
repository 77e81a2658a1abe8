package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Passes on the fields of a request that the gateway has no word for and Anthropic has.
///
/// @param body of the request
record CallerFields(Notes notes, ObjectNode body) {
  private static final Set<String> ANTHROPICS =
      Set.of("thinking", "output_config", "cache_control", "context_management", "inference_geo");

  private static final Set<String> TIERS = Set.of("auto", "standard_only");

  /// What clients of OpenAI's dialect send and what asks for nothing.
  private static final Map<String, List<String>> NEUTRAL =
      Map.of(
          "n", List.of("1"),
          "logprobs", List.of("false"),
          "logit_bias", List.of("{}"),
          "store", List.of("false"),
          "service_tier", List.of("\"default\""));

  void write(Extras extras) {
    extras.fields().forEach(this::write);
  }

  private void write(String name, JsonText value) {
    if (Notes.isNull(value) || NEUTRAL.getOrDefault(name, List.of()).contains(value.text())) {
      return;
    }
    JsonNode given = Json.read(value);
    if (ANTHROPICS.contains(name)) {
      body.set(name, given);
    } else if (name.equals("user") && given.isTextual()) {
      body.with("metadata").set("user_id", given);
    } else if (name.equals("metadata") && given.isObject()) {
      metadata(given);
    } else if (name.equals("service_tier") && TIERS.contains(given.asText())) {
      body.set(name, given);
    } else {
      notes.dropped(name, "Anthropic's API has no such field, or not with this value.");
    }
  }

  private void metadata(JsonNode given) {
    given
        .fields()
        .forEachRemaining(
            note -> {
              if (note.getKey().equals("user_id")) {
                body.with("metadata").set("user_id", note.getValue());
              } else {
                notes.dropped(
                    "metadata." + note.getKey(), "Anthropic's API takes no note but user_id.");
              }
            });
  }
}
