package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// An upstream that speaks OpenAI's chat completions.
final class OpenAIFake extends Fake {
  /// What the gateway is configured with; the key of its callers must not arrive here.
  private static final String KEY = "Bearer upstream-key";

  private static final Map<String, String> HEADERS = Map.of("x-request-id", "upstream-request");

  private final CallIds ids = new CallIds("call_");

  OpenAIFake(Calls calls, Brain brain) {
    super(calls, brain);
  }

  @Override
  void serve(Exchange exchange) throws InterruptedException {
    HttpRequest request = exchange.request();
    Refused.unless(request.header("authorization").equals(KEY), "the wrong key");
    switch (request.method() + " " + request.path()) {
      case "POST /v1/chat/completions" -> {
        ChatRules rules = new ChatRules(Json.parse(request.body(), "the body"), ids);
        Conversation conversation = rules.conversation();
        exchange.remember(rules);
        converse(conversation, rules.streamed(), exchange);
      }
      case "POST /v1/embeddings" ->
          exchange.answer(200, HEADERS, EmbeddingsFake.answer(Json.parse(request.body(), "body")));
      case "GET /v1/models" -> exchange.answer(200, HEADERS, models());
      default -> throw new Refused("no such route: " + request.method() + " " + request.path());
    }
  }

  private static String models() {
    ObjectNode list = Json.object().put("object", "list");
    list.putArray("data")
        .addObject()
        .put("id", ModelNames.MODEL)
        .put("object", "model")
        .put("created", 1_700_000_000)
        .put("owned_by", "fake");
    return list.toString();
  }

  @Override
  void fail(Faults fault, Exchange exchange) {
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("message", fault.message())
        .put("type", fault.status() < 500 ? "invalid_request_error" : "server_error")
        .put("code", fault.code())
        .putNull("param");
    exchange.answer(fault.status(), fault.headers(), body.toString());
  }

  @Override
  void whole(Turn turn, Exchange exchange) {
    ChatRules rules = exchange.remembered(ChatRules.class);
    ObjectNode answer =
        OpenAIWriter.envelope(OpenAIWriter.newId(), "chat.completion", rules.model());
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    message.putNull("refusal");
    if (turn.calls().isEmpty()) {
      message.put("content", turn.text());
    } else {
      message.putNull("content");
      ArrayNode calls = message.putArray("tool_calls");
      for (Turn.ToolCall call : turn.calls()) {
        calls.add(function(call.name(), call.arguments()));
      }
    }
    choice.putNull("logprobs");
    choice.put("finish_reason", turn.calls().isEmpty() ? "stop" : "tool_calls");
    answer.set("usage", OpenAIWriter.usage());
    exchange.answer(200, HEADERS, answer.toString());
  }

  private ObjectNode function(String name, JsonNode arguments) {
    ObjectNode call = Json.object().put("id", ids.next()).put("type", "function");
    call.putObject("function").put("name", name).put("arguments", arguments.toString());
    return call;
  }

  @Override
  Streaming.Dialect stream(Turn turn, Exchange exchange) {
    ChatRules rules = exchange.remembered(ChatRules.class);
    exchange.begin(HEADERS, "text/event-stream");
    return new OpenAIWriter(turn, rules.model(), rules.wantsUsage(), ids, exchange);
  }
}
