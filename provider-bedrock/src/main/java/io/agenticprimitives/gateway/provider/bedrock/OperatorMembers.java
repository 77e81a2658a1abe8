package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What the configuration puts into every request, in Converse's words.
final class OperatorMembers {
  private OperatorMembers() {}

  static Extras of(BedrockConfig config) {
    Map<String, JsonText> members = new LinkedHashMap<>();
    config
        .guardrail()
        .ifPresent(guardrail -> members.put("guardrailConfig", ResponseJson.text(of(guardrail))));
    config
        .performanceLatency()
        .ifPresent(
            latency -> members.put("performanceConfig", object("latency", latency.wireName())));
    config
        .serviceTier()
        .ifPresent(tier -> members.put("serviceTier", object("type", tier.wireName())));
    if (!config.additionalModelRequestFields().isEmpty()) {
      members.put("additionalModelRequestFields", object(config.additionalModelRequestFields()));
    }
    return new Extras(members);
  }

  private static ObjectNode of(BedrockConfig.Guardrail guardrail) {
    ObjectNode members =
        ResponseJson.object()
            .put("guardrailIdentifier", guardrail.identifier())
            .put("guardrailVersion", guardrail.version())
            .put("trace", guardrail.trace().wireName());
    guardrail
        .streamMode()
        .ifPresent(mode -> members.put(RequestMembers.STREAM_MODE, mode.wireName()));
    return members;
  }

  private static JsonText object(String member, String word) {
    return ResponseJson.text(ResponseJson.object().put(member, word));
  }

  /// The values are JSON text already.
  private static JsonText object(Map<String, String> values) {
    return new JsonText(
        values.entrySet().stream()
            .map(entry -> ResponseJson.quoted(entry.getKey()) + ":" + entry.getValue())
            .collect(Collectors.joining(",", "{", "}")));
  }
}
