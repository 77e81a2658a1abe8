package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.BackendException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The content blocks of a streamed answer, by their `contentBlockIndex`. Only tool calls, tool
/// results and pictures have a start; text and reasoning begin with their first piece. A start ends
/// what was open under its index. Not thread-safe.
final class ContentBlocks {
  /// What an open block takes, in characters, so that a flood of them meets a bound.
  private static final int BLOCK_SIZE = 64;

  private final AnswerEvents answer;
  private final Map<Integer, OpenBlock> open = new TreeMap<>();

  ContentBlocks(AnswerEvents answer) {
    this.answer = answer;
  }

  /// A `contentBlockStart`.
  void start(JsonNode event) {
    int index = indexOf(event);
    end(index);
    event
        .path("start")
        .properties()
        .forEach(member -> start(index, member.getKey(), member.getValue()));
  }

  private void start(int index, String kind, JsonNode value) {
    if (!(value instanceof ObjectNode block)) {
      return;
    }
    switch (kind) {
      case "toolUse" -> put(index, toolUse(block));
      case "toolResult" -> put(index, new ServerToolBlock(answer, kind, block));
      case "image" -> put(index, new ImageBlock(answer, block));
      case "text" -> {
        // The text comes in pieces.
      }
      default -> unknown(kind, block);
    }
  }

  private OpenBlock toolUse(ObjectNode block) {
    return isOfServer(block)
        ? new ServerToolBlock(answer, "toolUse", block)
        : answer.call(block.path("toolUseId").asText(), block.path("name").asText());
  }

  /// Whether Bedrock runs a call itself (`server_tool_use`).
  static boolean isOfServer(JsonNode toolUse) {
    String type = toolUse.path("type").asText("");
    return !type.isEmpty() && !type.equals("tool_use");
  }

  /// A `contentBlockDelta`.
  ///
  /// @throws BackendException if it belongs to a tool call that has not begun
  void add(BlockDelta delta) {
    int index = delta.index();
    String text = delta.text();
    if (text != null) {
      open.computeIfAbsent(index, key -> counted(new TextBlock(answer)));
      answer.text(text);
    }
    String input = delta.toolInput();
    if (input != null) {
      addInput(index, input);
    }
    addReasoning(delta);
    ObjectNode other = delta.other();
    if (other != null) {
      other.properties().forEach(member -> add(index, member.getKey(), member.getValue()));
    }
  }

  private void addInput(int index, String input) {
    switch (open.get(index)) {
      case CallBlock call -> call.arguments(input);
      case ServerToolBlock tool -> tool.input(input);
      case null, default ->
          throw AnswerFailures.damaged(
              "the arguments of a tool call that has not begun", answer.progress(), null);
    }
  }

  private void addReasoning(BlockDelta delta) {
    String text = delta.reasoning();
    if (text != null) {
      reasoning(delta.index()).text(text);
    }
    String signature = delta.signature();
    if (signature != null) {
      reasoning(delta.index()).signature(signature);
    }
    String redacted = delta.redacted();
    if (redacted != null) {
      reasoning(delta.index()).redacted(redacted);
    }
  }

  private ReasoningBlock reasoning(int index) {
    return block(index, ReasoningBlock.class, () -> new ReasoningBlock(answer));
  }

  private void add(int index, String kind, JsonNode value) {
    switch (kind) {
      case "citation" -> block(index, TextBlock.class, () -> new TextBlock(answer)).cite(value);
      case "toolResult" ->
          block(
                  index,
                  ServerToolBlock.class,
                  () -> new ServerToolBlock(answer, kind, ResponseJson.object()))
              .content(value);
      case "image" ->
          block(index, ImageBlock.class, () -> new ImageBlock(answer, ResponseJson.object()))
              .add(value);
      default -> unknown(kind, value);
    }
  }

  private <T extends OpenBlock> T block(int index, Class<T> type, Supplier<T> made) {
    OpenBlock present = open.get(index);
    if (type.isInstance(present)) {
      return type.cast(present);
    }
    T block = made.get();
    put(index, block);
    return block;
  }

  private void put(int index, OpenBlock block) {
    end(index);
    open.put(index, counted(block));
  }

  private OpenBlock counted(OpenBlock block) {
    answer.kept().add(BLOCK_SIZE);
    return block;
  }

  private void unknown(String kind, JsonNode value) {
    answer.kept().add(kind.length() + ResponseJson.write(value).length());
    answer.extensions().append("content_blocks", ResponseJson.object().set(kind, value));
  }

  /// A `contentBlockStop`.
  void stop(JsonNode event) {
    end(indexOf(event));
  }

  private void end(int index) {
    OpenBlock block = open.remove(index);
    if (block != null) {
      block.end();
    }
  }

  /// Ends what is still open, when the answer does.
  void endAll() {
    open.values().forEach(OpenBlock::end);
    open.clear();
  }

  private static int indexOf(JsonNode event) {
    return event.path("contentBlockIndex").asInt(0);
  }
}
