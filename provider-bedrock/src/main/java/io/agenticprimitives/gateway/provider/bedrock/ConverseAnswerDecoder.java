package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decodes an answer of Converse, which comes in one piece, into the events that the same answer
/// would have streamed. Not thread-safe.
final class ConverseAnswerDecoder implements EventSource {
  /// The longest answer, in bytes.
  static final int MAX_LENGTH = 64 << 20;

  private static final String WANTED = "an answer of Converse";
  private static final int SAMPLE_BYTES = 800;
  private static final Set<String> UNDERSTOOD = Set.of("output", "stopReason", "usage");

  private final AnswerStream body;
  private final String contentType;
  private final String requestId;
  private final AnswerEvents answer;
  private boolean read;
  private @Nullable BackendException failure;

  /// @param contentType the header of that name, or empty
  /// @param requestId AWS's id of the request, or empty
  /// @param model the name that Bedrock was asked for
  ConverseAnswerDecoder(
      AnswerStream body, String contentType, String requestId, String model, ToolNames toolNames) {
    this.body = body;
    this.contentType = contentType;
    this.requestId = requestId;
    this.answer = new AnswerEvents(model, toolNames);
  }

  @Override
  public StreamEvent next() {
    if (!read) {
      read = true;
      try {
        readAnswer(tree());
      } catch (BackendException reported) {
        failure = reported;
      }
    }
    // A whole answer that fails has no events.
    if (failure != null) {
      throw failure;
    }
    StreamEvent event = answer.poll();
    if (event == null) {
      throw new NoSuchElementException("The answer has ended");
    }
    return event;
  }

  private JsonNode tree() {
    byte[] bytes;
    try {
      bytes = body.readAll(MAX_LENGTH);
    } catch (IOException broken) {
      throw AnswerFailures.unreadable(broken, answer.progress());
    }
    try {
      return ResponseJson.tree(bytes);
    } catch (JsonProcessingException notJson) {
      throw isCut(bytes, notJson)
          ? AnswerFailures.cut(answer.progress())
          : AnswerFailures.notWhatWasAsked(WANTED, contentType, sample(bytes), notJson);
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes that are there can be read", impossible);
    }
  }

  /// Whether an object is well-formed as far as it goes.
  private static boolean isCut(byte[] bytes, JsonProcessingException fault) {
    JsonLocation place = fault.getLocation();
    return sample(bytes).startsWith("{") && place != null && place.getByteOffset() >= bytes.length;
  }

  private static String sample(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, SAMPLE_BYTES), StandardCharsets.UTF_8);
  }

  private void readAnswer(JsonNode root) {
    JsonNode content = root.path("output").path("message").path("content");
    JsonNode stop = root.path("stopReason");
    if (!content.isArray() || !stop.isTextual()) {
      AwsError said = AwsError.inAnswer(root, requestId);
      throw said.message().isEmpty()
          ? AnswerFailures.notWhatWasAsked(WANTED, contentType, ResponseJson.write(root), null)
          : AwsErrors.inStream(said);
    }
    answer.start();
    content.forEach(this::readBlock);
    answer.stop(stop.textValue());
    answer.usage(root.path("usage"));
    answer.extensions().putAllOf(root, UNDERSTOOD);
    answer.finish();
  }

  private void readBlock(JsonNode block) {
    block.properties().forEach(member -> readBlock(member.getKey(), member.getValue()));
  }

  private void readBlock(String kind, JsonNode value) {
    switch (kind) {
      case "text" -> answer.text(value.asText(""));
      case "toolUse" -> readToolUse(value);
      case "reasoningContent" -> readReasoning(value);
      case "citationsContent" -> readCited(value);
      case "toolResult" ->
          answer.extensions().append("server_tool_blocks", ResponseJson.object().set(kind, value));
      case "image" -> answer.extensions().append("images", value);
      default ->
          answer.extensions().append("content_blocks", ResponseJson.object().set(kind, value));
    }
  }

  private void readToolUse(JsonNode toolUse) {
    if (ContentBlocks.isOfServer(toolUse)) {
      ObjectNode block = ResponseJson.object().set("toolUse", toolUse);
      answer.extensions().append("server_tool_blocks", block);
      return;
    }
    CallBlock call =
        answer.call(toolUse.path("toolUseId").asText(""), toolUse.path("name").asText(""));
    JsonNode input = toolUse.path("input");
    if (!input.isNull() && !input.isMissingNode()) {
      call.arguments(input.isTextual() ? input.textValue() : ResponseJson.write(input));
    }
    call.end();
  }

  /// The block goes back as it came.
  private void readReasoning(JsonNode reasoning) {
    answer.reasoning(reasoning.path("reasoningText").path("text").asText(""));
    ObjectNode block = ResponseJson.object().set("reasoningContent", reasoning);
    answer.emit(new StreamEvent.ReasoningBlock(ResponseJson.text(block)));
  }

  private void readCited(JsonNode cited) {
    TextBlock text = new TextBlock(answer);
    cited.path("content").forEach(part -> answer.text(part.path("text").asText("")));
    cited.path("citations").forEach(text::cite);
    text.end();
  }
}
