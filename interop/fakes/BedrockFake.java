package interop.fakes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An upstream that speaks Bedrock's Converse and ConverseStream, and lists its model.
final class BedrockFake extends Fake {
  /// The access key that the gateway is configured with.
  private static final String SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=AKIAINTEROP/\\d{8}/us-east-1/bedrock/aws4_request,"
          + " SignedHeaders=[^ ]*host[^ ]*, Signature=[0-9a-f]{64}";

  private static final String MODEL_PATH =
      "/model/" + URLEncoder.encode(ModelNames.MODEL, StandardCharsets.UTF_8) + "/";

  private static final Map<String, String> HEADERS = Map.of("x-amzn-requestid", "upstream-request");

  private final CallIds ids = new CallIds("tooluse_");

  BedrockFake(Calls calls, Brain brain) {
    super(calls, brain);
  }

  @Override
  void serve(Exchange exchange) throws InterruptedException {
    HttpRequest request = exchange.request();
    Refused.unless(request.header("authorization").matches(SIGNATURE), "not signed as it must be");
    String path = request.path();
    if (path.equals("/foundation-models") || path.equals("/inference-profiles")) {
      exchange.answer(200, HEADERS, models(path));
      return;
    }
    Refused.unless(path.startsWith(MODEL_PATH), "no such model: " + path);
    String operation = path.substring(MODEL_PATH.length());
    Refused.unless(
        operation.equals("converse") || operation.equals("converse-stream"), "no such operation");
    ConverseRules rules = new ConverseRules(Json.parse(request.body(), "the body"), ids);
    converse(rules.conversation(), operation.equals("converse-stream"), exchange);
  }

  private static String models(String path) {
    if (path.equals("/inference-profiles")) {
      return "{\"inferenceProfileSummaries\": []}";
    }
    ObjectNode list = Json.object();
    ObjectNode model = list.putArray("modelSummaries").addObject();
    model.put("modelId", ModelNames.MODEL).put("modelName", "Claude").put("providerName", "fake");
    model.putArray("outputModalities").add("TEXT");
    model.putArray("inputModalities").add("TEXT").add("IMAGE");
    model.putArray("inferenceTypesSupported").add("ON_DEMAND");
    model.putObject("modelLifecycle").put("status", "ACTIVE");
    return list.toString();
  }

  @Override
  void fail(Faults fault, Exchange exchange) {
    var headers = new java.util.LinkedHashMap<>(fault.headers());
    headers.put("x-amzn-errortype", fault.awsType());
    String body = Json.object().put("message", fault.message()).toString();
    exchange.answer(fault.status(), headers, body);
  }

  @Override
  void whole(Turn turn, Exchange exchange) {
    ObjectNode answer = Json.object();
    ObjectNode message = answer.putObject("output").putObject("message").put("role", "assistant");
    ArrayNode content = message.putArray("content");
    if (!turn.text().isEmpty()) {
      content.addObject().put("text", turn.text());
    }
    for (Turn.ToolCall call : turn.calls()) {
      ObjectNode use = content.addObject().putObject("toolUse");
      use.put("toolUseId", ids.next()).put("name", call.name()).set("input", call.arguments());
    }
    answer.put("stopReason", turn.calls().isEmpty() ? "end_turn" : "tool_use");
    answer.set("usage", ConverseWriter.usage());
    answer.putObject("metrics").put("latencyMs", 12);
    exchange.answer(200, HEADERS, answer.toString());
  }

  @Override
  Streaming.Dialect stream(Turn turn, Exchange exchange) {
    exchange.begin(HEADERS, "application/vnd.amazon.eventstream");
    return new ConverseWriter(turn, ids, exchange);
  }
}
