package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;

/// Reads content that is a list of parts, as some servers answer: text, refusals, reasoning
/// (Mistral's `thinking`, Databricks' `reasoning` with a `summary`), and parts of other kinds,
/// which become the extension `content`.
final class ContentParts {
  private ContentParts() {}

  /// Reads a list.
  ///
  /// @param tellReasoning whether the text of reasoning parts is to be told
  /// @return whether any was told
  static boolean read(JsonNode parts, boolean tellReasoning, AnswerEvents answer) {
    boolean told = false;
    for (JsonNode part : parts) {
      if (part.isTextual()) {
        answer.text(part.textValue());
      } else if (ReasoningReplay.isReasoningPart(part)) {
        answer.reasoningBlocks().addContentPart(part);
        String text = tellReasoning ? reasoningIn(part) : "";
        answer.reasoning(text);
        told |= !text.isEmpty();
      } else {
        readPart(part, answer);
      }
    }
    return told;
  }

  private static void readPart(JsonNode part, AnswerEvents answer) {
    if (part.path("type").asText().equals("refusal")) {
      answer.refusal(part.path("refusal").asText());
    } else if (part.path("text").isTextual()) {
      answer.text(part.path("text").textValue());
      return;
    } else if (!ResponseJson.saysNothing(part)) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      answer.extensions().collect(AnswerPlace.MESSAGE, "content", list.add(part));
    }
  }

  /// What can be read of reasoning in one of its structured forms: a text, or lists and objects
  /// with `text`, `summary` or `thinking`.
  static String reasoningIn(JsonNode reasoning) {
    StringBuilder text = new StringBuilder();
    collect(reasoning, text, 0);
    return text.toString();
  }

  private static void collect(JsonNode value, StringBuilder text, int depth) {
    if (depth > 6) {
      return;
    }
    if (value.isArray()) {
      value.forEach(element -> collect(element, text, depth + 1));
    } else if (value.isObject()) {
      for (String name : new String[] {"text", "thinking", "summary"}) {
        JsonNode member = value.path(name);
        if (member.isTextual()) {
          text.append(member.textValue());
        } else {
          collect(member, text, depth + 1);
        }
      }
    }
  }
}
