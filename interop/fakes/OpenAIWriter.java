package interop.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// Writes a stream of `chat.completion.chunk`s, as OpenAI does: the role first, each call with its
/// index, the usage in a last chunk without choices, and only if it was asked for.
final class OpenAIWriter implements Streaming.Dialect {
  private final String id = newId();
  private final Turn turn;
  private final String model;
  private final boolean wantsUsage;
  private final CallIds ids;
  private final Exchange exchange;

  OpenAIWriter(Turn turn, String model, boolean wantsUsage, CallIds ids, Exchange exchange) {
    this.turn = turn;
    this.model = model;
    this.wantsUsage = wantsUsage;
    this.ids = ids;
    this.exchange = exchange;
    ObjectNode role = delta(null);
    inDelta(role).put("role", "assistant").put("content", "");
    data(role.toString());
  }

  /// Answers have ids of their own: SDKs take those of one id for the same.
  static String newId() {
    return "chatcmpl-" + UUID.randomUUID();
  }

  static ObjectNode envelope(String id, String object, String model) {
    return Json.object()
        .put("id", id)
        .put("object", object)
        .put("created", 1_700_000_000)
        .put("model", model);
  }

  static ObjectNode usage() {
    ObjectNode usage =
        Json.object().put("prompt_tokens", 21).put("completion_tokens", 9).put("total_tokens", 30);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 4);
    return usage;
  }

  @Override
  public void piece(String text) {
    ObjectNode chunk = delta(null);
    inDelta(chunk).put("content", text);
    data(chunk.toString());
  }

  @Override
  public void error(String message) {
    ObjectNode body = Json.object();
    body.putObject("error").put("message", message).put("type", "server_error").putNull("code");
    data(body.toString());
  }

  @Override
  public void finish() {
    for (int index = 0; index < turn.calls().size(); index++) {
      call(index, turn.calls().get(index));
    }
    data(delta(turn.calls().isEmpty() ? "stop" : "tool_calls").toString());
    if (wantsUsage) {
      ObjectNode last = envelope(id, "chat.completion.chunk", model);
      last.putArray("choices");
      last.set("usage", usage());
      data(last.toString());
    }
    data("[DONE]");
    exchange.end();
  }

  private void call(int index, Turn.ToolCall call) {
    ObjectNode start = delta(null);
    ObjectNode first = inDelta(start).putArray("tool_calls").addObject().put("index", index);
    first.put("id", ids.next()).put("type", "function");
    first.putObject("function").put("name", call.name()).put("arguments", "");
    data(start.toString());
    List<String> pieces = Turn.pieces(call.arguments().toString());
    for (String piece : pieces) {
      ObjectNode chunk = delta(null);
      ObjectNode next = inDelta(chunk).putArray("tool_calls").addObject().put("index", index);
      next.putObject("function").put("arguments", piece);
      data(chunk.toString());
    }
  }

  private ObjectNode delta(String finishReason) {
    ObjectNode chunk = envelope(id, "chat.completion.chunk", model);
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta");
    choice.put("finish_reason", finishReason);
    return chunk;
  }

  private static ObjectNode inDelta(ObjectNode chunk) {
    return (ObjectNode) chunk.at("/choices/0/delta");
  }

  private void data(String text) {
    exchange.piece(("data: " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}
