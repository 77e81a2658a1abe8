package io.agenticprimitives.gateway.provider.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.ToolCall;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.contract.UpstreamAnswer;
import io.agenticprimitives.gateway.testkit.contract.UpstreamDialect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How servers of OpenAI's dialect speak; reasoning as DeepSeek's do.
final class OpenAIWords implements UpstreamDialect {
  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public Script answer(UpstreamAnswer answer, Delivery delivery) {
    return switch (delivery) {
      case WHOLE -> Script.json(200, whole(answer));
      case STREAMED -> Script.sse(chunks(answer).toArray(String[]::new));
    };
  }

  private static String whole(UpstreamAnswer answer) {
    ObjectNode message = object().put("role", "assistant");
    message.put("content", String.join("", answer.text()));
    if (!answer.reasoning().isEmpty()) {
      message.put("reasoning_content", String.join("", answer.reasoning()));
    }
    if (!answer.toolCalls().isEmpty()) {
      var calls = message.putArray("tool_calls");
      answer.toolCalls().forEach(call -> calls.add(call(call)));
    }
    ObjectNode choice = object().put("index", 0);
    choice.set("message", message);
    choice.put("finish_reason", finishReason(answer));
    ObjectNode whole = object().put("model", answer.model());
    whole.putArray("choices").add(choice);
    whole.set("usage", usage(answer));
    return whole.toString();
  }

  private static List<String> chunks(UpstreamAnswer answer) {
    List<String> chunks = new ArrayList<>();
    chunks.add(chunk(answer, object().put("role", "assistant"), null));
    answer
        .reasoning()
        .forEach(
            piece -> chunks.add(chunk(answer, object().put("reasoning_content", piece), null)));
    answer.text().forEach(piece -> chunks.add(chunk(answer, object().put("content", piece), null)));
    for (int i = 0; i < answer.toolCalls().size(); i++) {
      ObjectNode delta = object();
      delta.putArray("tool_calls").add(call(answer.toolCalls().get(i)).put("index", i));
      chunks.add(chunk(answer, delta, null));
    }
    chunks.add(chunk(answer, object(), finishReason(answer)));
    ObjectNode last = object().put("model", answer.model());
    last.putArray("choices");
    last.set("usage", usage(answer));
    chunks.add(last.toString());
    chunks.add("[DONE]");
    return chunks;
  }

  private static String chunk(
      UpstreamAnswer answer, ObjectNode delta, @Nullable String finishReason) {
    ObjectNode choice = object().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finishReason);
    ObjectNode chunk = object().put("model", answer.model());
    chunk.putArray("choices").add(choice);
    return chunk.toString();
  }

  private static ObjectNode call(ToolCall call) {
    ObjectNode json = object().put("id", call.id()).put("type", "function");
    json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    return json;
  }

  private static String finishReason(UpstreamAnswer answer) {
    return switch (answer.stopReason()) {
      case TOOL_USE -> "tool_calls";
      case MAX_TOKENS -> "length";
      default -> "stop";
    };
  }

  private static ObjectNode usage(UpstreamAnswer answer) {
    return object()
        .put("prompt_tokens", answer.usage().inputTokens().orElseThrow())
        .put("completion_tokens", answer.usage().outputTokens().orElseThrow());
  }

  @Override
  public Script failure(int status, String message) {
    return Scripts.error(status, message);
  }

  @Override
  public Script models(List<String> names) {
    ObjectNode list = object();
    var data = list.putArray("data");
    names.forEach(name -> data.addObject().put("id", name).put("object", "model"));
    return Script.json(200, list.toString());
  }
}
