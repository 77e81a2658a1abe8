package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.provider.bedrock.Frames;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;

/// Words of a model in the dialect of Converse.
final class ConverseWords implements Words {
  private enum Block {
    NONE,
    TEXT,
    REASONING
  }

  private final Frames frames = new Frames().start();
  private final ArrayNode content = NativeClient.JSON.createArrayNode();
  private final StringBuilder pieces = new StringBuilder();
  private Block open = Block.NONE;
  private int index;
  private String stopReason = "";
  private final ObjectNode usage = NativeClient.JSON.createObjectNode();

  @Override
  public Words text(String piece) {
    begin(Block.TEXT);
    pieces.append(piece);
    frames.text(index, piece);
    return this;
  }

  @Override
  public Words reasoning(String piece) {
    begin(Block.REASONING);
    pieces.append(piece);
    ObjectNode delta = NativeClient.JSON.createObjectNode();
    delta.putObject("reasoningContent").put("text", piece);
    frames.delta(index, delta.toString());
    return this;
  }

  private void begin(Block block) {
    if (open != block) {
      endBlock();
      open = block;
    }
  }

  private void endBlock() {
    switch (open) {
      case NONE -> {
        return;
      }
      case TEXT -> content.addObject().put("text", pieces.toString());
      case REASONING ->
          content
              .addObject()
              .putObject("reasoningContent")
              .putObject("reasoningText")
              .put("text", pieces.toString());
    }
    pieces.setLength(0);
    open = Block.NONE;
    frames.blockStop(index++);
  }

  @Override
  public Words call(String id, String name, String... arguments) {
    endBlock();
    frames.tool(index, id, name);
    for (String piece : arguments) {
      frames.toolInput(index, piece);
    }
    frames.blockStop(index++);
    String input = String.join("", arguments);
    content
        .addObject()
        .putObject("toolUse")
        .put("toolUseId", id)
        .put("name", name)
        .set("input", NativeClient.json(input.isEmpty() ? "{}" : input));
    return this;
  }

  @Override
  public Words stop(Stop reason) {
    endBlock();
    stopReason = reason.converse;
    frames.stop(stopReason);
    return this;
  }

  @Override
  public Words usage(int input, int cached, int output) {
    usage.put("inputTokens", input - cached).put("outputTokens", output);
    usage.put("totalTokens", input + output);
    if (cached > 0) {
      usage.put("cacheReadInputTokens", cached);
    }
    frames.event("metadata", "{\"usage\":" + usage + "}");
    return this;
  }

  @Override
  public Script answer(RecordedRequest request) {
    if (request.path().endsWith("/converse-stream")) {
      return ScriptedBedrock.stream(frames);
    }
    ObjectNode whole = NativeClient.JSON.createObjectNode().put("stopReason", stopReason);
    whole.putObject("output").putObject("message").put("role", "assistant").set("content", content);
    whole.set("usage", usage);
    return Script.json(200, whole.toString());
  }
}
