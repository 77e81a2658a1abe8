package interop.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Writes the events of ConverseStream, as Bedrock does: no start of a block for text, the
/// arguments of a call in pieces, the usage behind `messageStop`.
final class ConverseWriter implements Streaming.Dialect {
  private final Turn turn;
  private final CallIds ids;
  private final Exchange exchange;
  private boolean spoke;

  ConverseWriter(Turn turn, CallIds ids, Exchange exchange) {
    this.turn = turn;
    this.ids = ids;
    this.exchange = exchange;
    event("messageStart", Json.object().put("role", "assistant"));
  }

  static ObjectNode usage() {
    return Json.object()
        .put("inputTokens", 17)
        .put("cacheReadInputTokens", 4)
        .put("outputTokens", 9)
        .put("totalTokens", 30);
  }

  @Override
  public void piece(String text) {
    spoke = true;
    ObjectNode delta = Json.object().put("contentBlockIndex", 0);
    delta.putObject("delta").put("text", text);
    event("contentBlockDelta", delta);
  }

  @Override
  public void error(String message) {
    String payload = Json.object().put("message", message).toString();
    exchange.piece(EventFrame.exception("modelStreamErrorException", payload));
  }

  @Override
  public void finish() {
    int index = 0;
    if (spoke) {
      event("contentBlockStop", Json.object().put("contentBlockIndex", index));
      index++;
    }
    for (Turn.ToolCall call : turn.calls()) {
      call(index, call);
      index++;
    }
    String reason = turn.calls().isEmpty() ? "end_turn" : "tool_use";
    event("messageStop", Json.object().put("stopReason", reason));
    ObjectNode metadata = Json.object();
    metadata.set("usage", usage());
    metadata.putObject("metrics").put("latencyMs", 12);
    event("metadata", metadata);
    exchange.end();
  }

  private void call(int index, Turn.ToolCall call) {
    ObjectNode start = Json.object().put("contentBlockIndex", index);
    ObjectNode use = start.putObject("start").putObject("toolUse");
    use.put("toolUseId", ids.next()).put("name", call.name());
    event("contentBlockStart", start);
    List<String> pieces = Turn.pieces(call.arguments().toString());
    for (String piece : pieces) {
      ObjectNode delta = Json.object().put("contentBlockIndex", index);
      delta.putObject("delta").putObject("toolUse").put("input", piece);
      event("contentBlockDelta", delta);
    }
    event("contentBlockStop", Json.object().put("contentBlockIndex", index));
  }

  /// Every payload of Bedrock carries padding.
  private void event(String type, ObjectNode payload) {
    payload.put("p", "abcdefghijkl");
    exchange.piece(EventFrame.event(type, payload.toString()));
  }
}
