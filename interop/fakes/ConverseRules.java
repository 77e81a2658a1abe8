package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What Bedrock demands of a Converse request; the messages are in [ConverseMessages].
final class ConverseRules {
  private static final Set<String> MEMBERS =
      Set.of(
          ("additionalModelRequestFields additionalModelResponseFieldPaths guardrailConfig"
                  + " inferenceConfig messages outputConfig performanceConfig promptVariables"
                  + " requestMetadata serviceTier system toolConfig")
              .split(" "));

  private final JsonNode body;
  private final CallIds ids;

  ConverseRules(JsonNode body, CallIds ids) {
    this.body = Json.objectOf(body, "body", MEMBERS);
    this.ids = ids;
    if (body.has("inferenceConfig")) {
      inference(body.get("inferenceConfig"));
    }
  }

  private static void inference(JsonNode config) {
    Json.objectOf(
        config, "inferenceConfig", Set.of("maxTokens", "temperature", "topP", "stopSequences"));
    Refused.unless(
        !config.has("maxTokens") || config.get("maxTokens").asInt() >= 1, "maxTokens below 1");
    Refused.unless(config.path("temperature").asDouble() <= 1, "temperature above 1");
    Refused.unless(
        !(config.has("temperature") && config.has("topP")), "temperature and topP together");
  }

  Conversation conversation() {
    List<Conversation.Tool> tools = tools();
    ConverseMessages messages = new ConverseMessages(ids);
    Json.list(body, "messages", "body").forEach(messages::add);
    messages.end();
    Refused.unless(
        !tools.isEmpty() || !messages.usesTools(),
        "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
    return new Conversation(
        system(),
        messages.userText(),
        messages.images(),
        messages.results(),
        tools,
        forced(tools),
        schema());
  }

  private String system() {
    List<String> texts = new ArrayList<>();
    for (JsonNode block : body.path("system")) {
      Json.objectOf(block, "system", Set.of("text"));
      texts.add(ConverseMessages.visible(block, "system"));
    }
    return String.join("\n", texts);
  }

  private List<Conversation.Tool> tools() {
    List<Conversation.Tool> tools = new ArrayList<>();
    if (!body.has("toolConfig")) {
      return tools;
    }
    JsonNode config =
        Json.objectOf(body.get("toolConfig"), "toolConfig", Set.of("tools", "toolChoice"));
    for (JsonNode tool : Json.list(config, "tools", "toolConfig")) {
      Json.objectOf(tool, "tool", Set.of("toolSpec"));
      JsonNode spec =
          Json.objectOf(
              tool.path("toolSpec"),
              "toolSpec",
              Set.of("name", "description", "inputSchema", "strict"));
      String name = Json.text(spec, "name", "toolSpec");
      Refused.unless(name.matches("[a-zA-Z0-9_-]{1,64}"), "tool name " + name);
      Refused.unless(
          !spec.has("description") || !spec.get("description").asText().isEmpty(),
          "an empty description");
      JsonNode schema =
          Json.objectOf(spec.path("inputSchema"), "inputSchema", Set.of("json")).path("json");
      SchemaRules.requireObject(schema, "tool " + name);
      tools.add(new Conversation.Tool(name, schema));
    }
    return tools;
  }

  /// The choice is where Converse has it, or among Claude's own fields, which can say more; both
  /// would be a conflict.
  private Optional<Conversation.Tool> forced(List<Conversation.Tool> tools) {
    JsonNode choice = body.at("/toolConfig/toolChoice");
    JsonNode claudes = body.at("/additionalModelRequestFields/tool_choice");
    Refused.unless(
        choice.isMissingNode() || claudes.isMissingNode(),
        "The additional field tool_choice conflicts with an existing field.");
    Refused.unless(claudes.isMissingNode() || !tools.isEmpty(), "tool_choice without tools");
    if (!choice.isMissingNode()) {
      Json.objectOf(choice, "toolChoice", Set.of("auto", "any", "tool"));
      Refused.unless(choice.size() == 1, "toolChoice must have one member");
    }
    if (choice.has("any") || claudes.path("type").asText().equals("any")) {
      return Optional.of(tools.getFirst());
    }
    if (choice.has("tool")) {
      return Optional.of(named(choice.get("tool"), tools));
    }
    return claudes.path("type").asText().equals("tool")
        ? Optional.of(named(claudes, tools))
        : Optional.empty();
  }

  private static Conversation.Tool named(JsonNode choice, List<Conversation.Tool> tools) {
    String name = Json.text(choice, "name", "toolChoice");
    return tools.stream()
        .filter(offered -> offered.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refused("toolChoice names no tool: " + name));
  }

  private Optional<JsonNode> schema() {
    if (!body.has("outputConfig")) {
      return Optional.empty();
    }
    JsonNode config =
        Json.objectOf(body.get("outputConfig"), "outputConfig", Set.of("textFormat", "effort"));
    JsonNode format = config.path("textFormat");
    Refused.unless(format.path("type").asText().equals("json_schema"), "textFormat.type");
    JsonNode named =
        Json.objectOf(
            format.at("/structure/jsonSchema"),
            "jsonSchema",
            Set.of("schema", "name", "description"));
    JsonNode schema = Json.parse(Json.text(named, "schema", "jsonSchema"), "jsonSchema.schema");
    SchemaRules.requireObject(schema, "jsonSchema");
    SchemaRules.requireClosed(schema, "jsonSchema");
    return Optional.of(schema);
  }
}
