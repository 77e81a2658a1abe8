package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.contract.UpstreamAnswer;
import io.agenticprimitives.gateway.testkit.contract.UpstreamDialect;
import java.util.List;

/// How Converse and ConverseStream speak.
final class ConverseWords implements UpstreamDialect {
  @Override
  public Script answer(UpstreamAnswer answer, Delivery delivery) {
    return switch (delivery) {
      case WHOLE -> Script.json(200, whole(answer));
      case STREAMED ->
          Script.bytes(200, "application/vnd.amazon.eventstream", frames(answer).bytes());
    };
  }

  private static String whole(UpstreamAnswer answer) {
    ObjectNode whole = ResponseJson.object();
    ArrayNode content = whole.putObject("output").putObject("message").putArray("content");
    if (!answer.reasoning().isEmpty()) {
      content
          .addObject()
          .putObject("reasoningContent")
          .putObject("reasoningText")
          .put("text", String.join("", answer.reasoning()));
    }
    if (!answer.text().isEmpty()) {
      content.addObject().put("text", String.join("", answer.text()));
    }
    for (ToolCall call : answer.toolCalls()) {
      content
          .addObject()
          .putObject("toolUse")
          .put("toolUseId", call.id())
          .put("name", call.name())
          .putRawValue("input", new RawValue(call.arguments()));
    }
    whole.put("stopReason", stopReason(answer));
    whole.set("usage", usage(answer));
    return whole.toString();
  }

  private static Frames frames(UpstreamAnswer answer) {
    Frames frames = new Frames().start();
    int block = 0;
    for (String piece : answer.reasoning()) {
      ObjectNode delta = ResponseJson.object();
      delta.putObject("reasoningContent").put("text", piece);
      frames.delta(block, delta.toString());
    }
    block = answer.reasoning().isEmpty() ? block : end(frames, block);
    for (String piece : answer.text()) {
      frames.text(block, piece);
    }
    block = answer.text().isEmpty() ? block : end(frames, block);
    for (ToolCall call : answer.toolCalls()) {
      frames.tool(block, call.id(), call.name()).toolInput(block, call.arguments());
      block = end(frames, block);
    }
    ObjectNode metadata = ResponseJson.object();
    metadata.set("usage", usage(answer));
    return frames.stop(stopReason(answer)).event("metadata", metadata.toString());
  }

  private static int end(Frames frames, int block) {
    frames.blockStop(block);
    return block + 1;
  }

  private static String stopReason(UpstreamAnswer answer) {
    return answer.stopReason().wireName();
  }

  private static ObjectNode usage(UpstreamAnswer answer) {
    long input = answer.usage().inputTokens().orElseThrow();
    long output = answer.usage().outputTokens().orElseThrow();
    return ResponseJson.object()
        .put("inputTokens", input)
        .put("outputTokens", output)
        .put("totalTokens", input + output);
  }

  @Override
  public Script failure(int status, String message) {
    return Script.json(status, ResponseJson.object().put("message", message).toString());
  }

  /// The lists come from two operations of another service; the provider's own tests read them.
  @Override
  public Script models(List<String> names) {
    throw new UnsupportedOperationException();
  }
}
