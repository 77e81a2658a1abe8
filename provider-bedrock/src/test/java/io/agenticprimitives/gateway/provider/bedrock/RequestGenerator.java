package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes requests with settings of every kind around a conversation.
final class RequestGenerator {
  static final List<String> MODELS =
      List.of(
          "us.anthropic.claude-sonnet-5",
          "anthropic.claude-3-haiku-20240307-v1:0",
          "us.anthropic.claude-sonnet-4-20250514-v1:0",
          "us.anthropic.claude-haiku-4-5-20251001-v1:0",
          "amazon.nova-lite-v1:0",
          "us.amazon.nova-2-lite-v1:0",
          "meta.llama3-2-1b-instruct-v1:0",
          "mistral.devstral-2-123b",
          "openai.gpt-oss-120b-1:0",
          "deepseek.v3-v1:0",
          "cohere.command-r-v1:0",
          "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/1arbu5hu2sjr");

  private final Facts facts;

  RequestGenerator(Facts facts) {
    this.facts = facts;
  }

  CompletionRequest request() {
    List<Message> messages = new HistoryGenerator(facts).messages();
    List<Tool> tools = tools();
    return new CompletionRequest(
        facts.pick(MODELS),
        messages,
        tools,
        toolChoice(tools),
        responseFormat(),
        sampling(),
        facts.pick(List.of(Delivery.values())),
        extras());
  }

  private List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    int count = facts.once(3) ? 0 : facts.random().nextInt(4);
    for (int i = 0; i < count; i++) {
      String path = "tools[" + i + "]";
      if (facts.once(10)) {
        String name = "{\"systemTool\":{\"name\":\"" + facts.at(path, "server") + "\"}}";
        tools.add(new Tool.Other("", new JsonText(name)));
      } else {
        tools.add(function(path));
      }
    }
    return tools;
  }

  private Tool function(String path) {
    String mark = facts.at(path, "schema");
    List<String> schemas =
        List.of(
            "{\"type\":\"object\",\"properties\":{\"" + mark + "\":{}}}",
            "{\"properties\":{\"" + mark + "\":{\"type\":\"string\"}}}",
            "{\"title\":\"" + mark + "\",\"type\":[\"object\",\"null\"]}");
    Map<String, JsonText> cached =
        Map.of("cache_control", new JsonText("{\"type\":\"ephemeral\"}"));
    boolean marked = facts.once(4);
    if (marked) {
      facts.cachePoints().add(path + ".cache_control");
    }
    return new Tool.Function(
        facts.pick(HistoryGenerator.TOOL_NAMES),
        facts.once(3) ? facts.pick(List.of("", " ")) : facts.at(path, "description"),
        Optional.of(new JsonText(facts.pick(schemas))),
        facts.once(4) ? Optional.of(facts.once(2)) : Optional.empty(),
        marked ? new Extras(cached) : Extras.NONE);
  }

  private Optional<ToolChoice> toolChoice(List<Tool> tools) {
    List<ToolChoice> choices =
        new ArrayList<>(
            List.of(
                new ToolChoice.Auto(),
                new ToolChoice.None(),
                new ToolChoice.Required(),
                new ToolChoice.Other(new JsonText("{\"any\":{}}")),
                new ToolChoice.Other(new JsonText("{\"type\":\"allowed_tools\"}"))));
    for (Tool tool : tools) {
      if (tool instanceof Tool.Function function) {
        choices.add(new ToolChoice.Named(function.name()));
      }
    }
    return facts.once(2) ? Optional.empty() : Optional.of(facts.pick(choices));
  }

  private Optional<ResponseFormat> responseFormat() {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},\"list\":{\"items\":"
            + "{\"type\":[\"object\",\"null\"],\"additionalProperties\":true}},\"properties\":"
            + "{\"anyOf\":[{\"properties\":{}},{\"type\":\"null\"}]}}}";
    List<ResponseFormat> formats =
        List.of(
            new ResponseFormat.Text(),
            new ResponseFormat.JsonObject(),
            new ResponseFormat.JsonSchema(
                "answer", "", Optional.of(new JsonText(schema)), Optional.of(true), Extras.NONE));
    return facts.once(2) ? Optional.empty() : Optional.of(facts.pick(formats));
  }

  private Sampling sampling() {
    OptionalInt limit =
        facts.once(2) ? OptionalInt.empty() : OptionalInt.of(facts.pick(List.of(1, 1024, 9000)));
    return new Sampling(
        facts.once(2) ? OptionalDouble.empty() : OptionalDouble.of(facts.random().nextInt(5) / 2.0),
        facts.once(2) ? OptionalDouble.empty() : OptionalDouble.of(facts.random().nextInt(3) / 2.0),
        facts.once(2) ? OptionalInt.empty() : OptionalInt.of(facts.random().nextInt(500)),
        limit,
        facts.once(3) ? OptionalInt.of(2000) : OptionalInt.empty(),
        facts.pick(List.of(List.of(), List.of("END"), List.of("", "\n", "STOP"))),
        facts.once(4) ? OptionalLong.of(7) : OptionalLong.empty(),
        facts.once(4) ? OptionalDouble.of(0.5) : OptionalDouble.empty(),
        facts.once(4) ? OptionalDouble.of(0.5) : OptionalDouble.empty(),
        facts.pick(List.of(Optional.empty(), Optional.of(true), Optional.of(false))),
        facts.once(2)
            ? Optional.empty()
            : Optional.of(
                facts.pick(List.of("none", "minimal", "low", "medium", "high", "xhigh", "odd"))));
  }

  private Extras extras() {
    String mark = facts.at("guardrailConfig", "guardrail");
    String metadata = facts.at("requestMetadata", "metadata");
    String unknown = facts.at("x_unknown", "unknown");
    return new Extras(
        Map.of(
            "guardrailConfig",
            new JsonText("{\"guardrailIdentifier\":\"" + mark + "\"}"),
            "requestMetadata",
            new JsonText("{\"key\":\"" + metadata + "\"}"),
            "x_unknown",
            new JsonText("\"" + unknown + "\"")));
  }
}
