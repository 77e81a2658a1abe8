package io.agenticprimitives.gateway.distribution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import java.util.ArrayList;
import java.util.List;

/// Words of a model in the dialect of OpenAI.
final class OpenAiWords implements Words {
  private final List<String> chunks = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<ObjectNode> calls = new ArrayList<>();
  private final ObjectNode choice = object().put("index", 0);
  private final ObjectNode usage = object();

  private static ObjectNode object() {
    return NativeClient.JSON.createObjectNode();
  }

  private static ObjectNode answer() {
    return object().put("model", BothBackends.MODEL);
  }

  private void delta(ObjectNode delta) {
    ObjectNode chunk = answer();
    chunk.putArray("choices").addObject().put("index", 0).set("delta", delta);
    chunks.add(chunk.toString());
  }

  @Override
  public Words text(String piece) {
    text.append(piece);
    delta(object().put("content", piece));
    return this;
  }

  @Override
  public Words reasoning(String piece) {
    reasoning.append(piece);
    delta(object().put("reasoning_content", piece));
    return this;
  }

  @Override
  public Words call(String id, String name, String... pieces) {
    int index = calls.size();
    calls.add(call(id, name, String.join("", pieces)));
    part(index, call(id, name, ""));
    for (String piece : pieces) {
      ObjectNode more = object();
      more.putObject("function").put("arguments", piece);
      part(index, more);
    }
    return this;
  }

  private void part(int index, ObjectNode call) {
    ObjectNode delta = object();
    delta.putArray("tool_calls").add(call.put("index", index));
    delta(delta);
  }

  private static ObjectNode call(String id, String name, String arguments) {
    ObjectNode call = object().put("id", id).put("type", "function");
    call.putObject("function").put("name", name).put("arguments", arguments);
    return call;
  }

  @Override
  public Words stop(Stop reason) {
    choice.put("finish_reason", reason.openAi);
    if (reason == Stop.STOP_SEQUENCE) {
      // So says vLLM which one it was; OpenAI does not tell.
      choice.put("stop_reason", "###");
    }
    ObjectNode chunk = answer();
    ObjectNode last = choice.deepCopy();
    last.putObject("delta");
    chunk.putArray("choices").add(last);
    chunks.add(chunk.toString());
    return this;
  }

  @Override
  public Words usage(int input, int cached, int output) {
    usage.put("prompt_tokens", input).put("completion_tokens", output);
    if (cached > 0) {
      usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
    }
    ObjectNode chunk = answer();
    chunk.putArray("choices");
    chunk.set("usage", usage);
    chunks.add(chunk.toString());
    return this;
  }

  @Override
  public Script answer(RecordedRequest request) {
    if (NativeClient.json(request.bodyText()).path("stream").asBoolean()) {
      List<String> lines = new ArrayList<>(chunks);
      lines.add("[DONE]");
      return Script.sse(lines.toArray(String[]::new));
    }
    ObjectNode message = object().put("role", "assistant").put("content", text.toString());
    if (!reasoning.isEmpty()) {
      message.put("reasoning_content", reasoning.toString());
    }
    if (!calls.isEmpty()) {
      calls.forEach(message.putArray("tool_calls")::add);
    }
    ObjectNode whole = answer();
    ObjectNode only = choice.deepCopy();
    only.set("message", message);
    whole.putArray("choices").add(only);
    whole.set("usage", usage);
    return Script.json(200, whole.toString());
  }
}
