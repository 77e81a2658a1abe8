package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the `delta` of a chunk or the `message` of a whole answer: they have the same members.
///
/// Whatever the order of the members, reasoning is told before text, text before a refusal, and
/// tool calls last. Reasoning comes under several names, often under two at once, and is told once:
/// `reasoning_content`, `reasoning`, `reasoning_text`, then parts of a content list, then the text
/// of `reasoning_details` or `thinking_blocks`.
final class DeltaReader {
  private final AnswerEvents answer;
  private final ToolCallReader toolCallReader = new ToolCallReader();
  private final List<ToolCallPiece> toolCalls = new ArrayList<>();
  private String content = "";
  private @Nullable JsonNode contentList;
  private String refusal = "";
  private String reasoningContent = "";
  private String reasoning = "";
  private String reasoningText = "";
  private String detailsText = "";
  private @Nullable ToolCallPiece functionCall;

  DeltaReader(AnswerEvents answer) {
    this.answer = answer;
  }

  /// Reads the object that the parser stands on, up to its end.
  void read(JsonParser parser) throws IOException {
    reset();
    String field = parser.nextFieldName();
    while (field != null) {
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        readField(field, parser);
      }
      field = parser.nextFieldName();
    }
    emit();
  }

  private void reset() {
    toolCalls.clear();
    content = "";
    contentList = null;
    refusal = "";
    reasoningContent = "";
    reasoning = "";
    reasoningText = "";
    detailsText = "";
    functionCall = null;
  }

  private void readField(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "content" -> readContent(parser);
      case "role" -> parser.skipChildren();
      case "refusal" -> refusal = ResponseJson.text(parser);
      case "reasoning_content" -> reasoningContent = textOrExtension(field, parser);
      case "reasoning" -> reasoning = textOrExtension(field, parser);
      case "reasoning_text" -> reasoningText = textOrExtension(field, parser);
      case "tool_calls" -> toolCallReader.readAll(parser, toolCalls);
      case "function_call" -> functionCall = toolCallReader.readLegacy(parser);
      case "id", "object", "created", "model" -> parser.skipChildren();
      default -> readOther(field, parser);
    }
  }

  private void readContent(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      contentList = ResponseJson.tree(parser);
    } else {
      content = ResponseJson.textOrJson(parser);
    }
  }

  private String textOrExtension(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    answer.extensions().add(AnswerPlace.MESSAGE, field, ResponseJson.tree(parser));
    return "";
  }

  private void readOther(String field, JsonParser parser) throws IOException {
    JsonNode value = ResponseJson.tree(parser);
    boolean isData = value.isContainerNode() || value.isTextual();
    if (isData && ReasoningReplay.isOpaqueField(field)) {
      answer.reasoningBlocks().add(field, value);
      detailsText = detailsText.isEmpty() ? ContentParts.reasoningIn(value) : detailsText;
    } else {
      answer.extensions().add(AnswerPlace.MESSAGE, field, value);
    }
  }

  private void emit() {
    String spoken = firstOf(reasoningContent, reasoning, reasoningText);
    answer.reasoning(spoken);
    JsonNode list = contentList;
    if (list != null) {
      boolean told = ContentParts.read(list, spoken.isEmpty(), answer);
      spoken = told ? "told" : spoken;
    }
    if (spoken.isEmpty()) {
      answer.reasoning(detailsText);
    }
    answer.text(content);
    answer.refusal(refusal);
    if (!toolCalls.isEmpty()) {
      answer.toolCalls(toolCalls);
    }
    if (functionCall != null) {
      answer.functionCall(functionCall);
    }
  }

  private static String firstOf(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
