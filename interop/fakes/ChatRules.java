package interop.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What OpenAI demands of a chat completion request; the messages are in [ChatMessages].
final class ChatRules {
  private static final Set<String> MEMBERS =
      Set.of(
          ("audio frequency_penalty function_call functions logit_bias logprobs"
                  + " max_completion_tokens max_tokens messages metadata modalities model n"
                  + " parallel_tool_calls prediction presence_penalty prompt_cache_key"
                  + " reasoning_effort response_format safety_identifier seed service_tier stop"
                  + " store stream stream_options temperature tool_choice tools top_logprobs top_p"
                  + " user verbosity web_search_options")
              .split(" "));

  private final JsonNode body;
  private final CallIds ids;

  ChatRules(JsonNode body, CallIds ids) {
    this.body = Json.objectOf(body, "body", MEMBERS);
    this.ids = ids;
    ModelNames.require(Json.text(body, "model", "body"));
    Refused.unless(
        !body.has("stream") || body.get("stream").isBoolean(), "stream must be a boolean");
    Refused.unless(
        !body.has("stream_options") || streamed(), "stream_options is only allowed with stream");
    Refused.unless(
        !(body.has("max_tokens") && body.has("max_completion_tokens")), "two token limits");
  }

  String model() {
    return body.get("model").textValue();
  }

  boolean streamed() {
    return body.path("stream").asBoolean();
  }

  boolean wantsUsage() {
    return body.at("/stream_options/include_usage").asBoolean();
  }

  Conversation conversation() {
    List<Conversation.Tool> tools = tools();
    ChatMessages messages = new ChatMessages(ids);
    Json.list(body, "messages", "body").forEach(messages::add);
    messages.end();
    return new Conversation(
        messages.system(),
        messages.userText(),
        messages.images(),
        messages.results(),
        tools,
        forced(tools),
        schema());
  }

  private List<Conversation.Tool> tools() {
    List<Conversation.Tool> tools = new ArrayList<>();
    if (!body.has("tools")) {
      return tools;
    }
    for (JsonNode tool : Json.list(body, "tools", "body")) {
      Json.objectOf(tool, "tool", Set.of("type", "function"));
      Refused.unless(tool.path("type").asText().equals("function"), "tool.type must be function");
      JsonNode function =
          Json.objectOf(
              tool.path("function"),
              "tool.function",
              Set.of("name", "description", "parameters", "strict"));
      String name = Json.text(function, "name", "tool.function");
      Refused.unless(name.matches("[a-zA-Z0-9_-]{1,64}"), "tool name " + name);
      JsonNode parameters = function.path("parameters");
      requireSchema(parameters, function, "tool " + name);
      tools.add(new Conversation.Tool(name, parameters));
    }
    return tools;
  }

  private Optional<Conversation.Tool> forced(List<Conversation.Tool> tools) {
    JsonNode choice = body.path("tool_choice");
    Refused.unless(choice.isMissingNode() || !tools.isEmpty(), "tool_choice without tools");
    if (choice.isObject()) {
      String name = Json.text(choice.path("function"), "name", "tool_choice.function");
      Optional<Conversation.Tool> tool =
          tools.stream().filter(offered -> offered.name().equals(name)).findFirst();
      Refused.unless(tool.isPresent(), "tool_choice names no tool: " + name);
      return tool;
    }
    String word = choice.asText("auto");
    Refused.unless(Set.of("auto", "none", "required").contains(word), "tool_choice " + word);
    return word.equals("required") ? Optional.of(tools.getFirst()) : Optional.empty();
  }

  private Optional<JsonNode> schema() {
    JsonNode format = body.path("response_format");
    switch (format.path("type").asText("text")) {
      case "text" -> {
        return Optional.empty();
      }
      case "json_object" -> {
        JsonNode any = Json.object().put("type", "object");
        return Optional.of(any);
      }
      case "json_schema" -> {
        JsonNode named =
            Json.objectOf(
                format.path("json_schema"),
                "response_format.json_schema",
                Set.of("name", "description", "schema", "strict"));
        Json.text(named, "name", "response_format.json_schema");
        JsonNode schema = named.path("schema");
        requireSchema(schema, named, "response_format");
        return Optional.of(schema);
      }
      default -> throw new Refused("response_format.type");
    }
  }

  private static void requireSchema(JsonNode schema, JsonNode holder, String path) {
    SchemaRules.requireObject(schema, path);
    if (holder.path("strict").asBoolean()) {
      SchemaRules.requireStrict(schema, path);
    }
  }
}
