package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What an answer says beyond the gateway's vocabulary, kept until it ends.
///
/// What Bedrock says of the whole answer keeps Bedrock's names: `metrics`, `trace`,
/// `performanceConfig`, `serviceTier`, `additionalModelResponseFields` and whatever it adds to
/// them. Lists of parts have names of our own: `citations`, `server_tool_blocks`, `images` and
/// `content_blocks` for kinds of content that nobody knows yet.
final class AnswerExtensions {
  private final KeptSize kept;
  private final Map<String, JsonNode> fields = new LinkedHashMap<>();
  private final Map<String, ArrayNode> lists = new LinkedHashMap<>();

  AnswerExtensions(KeptSize kept) {
    this.kept = kept;
  }

  /// The members of an object of Bedrock's, but for those that were understood. Fillers say nothing
  /// and are left out.
  void putAllOf(JsonNode object, Set<String> understood) {
    object
        .properties()
        .forEach(
            member -> {
              if (!understood.contains(member.getKey())) {
                put(member.getKey(), member.getValue());
              }
            });
  }

  /// A value that stands for itself.
  void put(String name, JsonNode value) {
    if (!ResponseJson.saysNothing(value)) {
      kept.add(name.length() + ResponseJson.write(value).length());
      fields.put(name, value);
    }
  }

  /// One more part; whoever brings it has counted its size.
  void append(String list, JsonNode part) {
    lists.computeIfAbsent(list, name -> ResponseJson.array()).add(part);
  }

  void emit(Consumer<? super StreamEvent> events) {
    lists.forEach(
        (name, parts) -> events.accept(new StreamEvent.Extension(name, ResponseJson.text(parts))));
    fields.forEach(
        (name, value) -> events.accept(new StreamEvent.Extension(name, ResponseJson.text(value))));
  }
}
