package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.ChoiceWord;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Vendor;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A strict reader of Converse requests: it knows every rule that the service is known to refuse a
/// request by, and refuses members that the API does not have. The tests of the distribution use
/// it, too.
public final class ConverseValidator {
  private static final Set<String> MEMBERS =
      Set.of(
          "messages",
          "system",
          "inferenceConfig",
          "toolConfig",
          "guardrailConfig",
          "additionalModelRequestFields",
          "additionalModelResponseFieldPaths",
          "promptVariables",
          "requestMetadata",
          "performanceConfig",
          "serviceTier",
          "outputConfig");

  private final Violations violations = new Violations();
  private final ModelTraits traits;
  private final JsonNode request;

  private ConverseValidator(JsonNode request, ModelTraits traits) {
    this.request = request;
    this.traits = traits;
  }

  /// What the service would refuse; empty if it would take the request.
  static List<String> violations(JsonNode request, ModelTraits traits) {
    ConverseValidator validator = new ConverseValidator(request, traits);
    validator.validate();
    return validator.violations.found();
  }

  /// The same for a request to a model.
  public static List<String> violations(JsonNode request, String model) {
    return violations(request, ModelTraits.of(model, ""));
  }

  private void validate() {
    violations.members(request, "request", Set.of("messages"), MEMBERS);
    BlockValidator blocks = new BlockValidator(violations);
    JsonNode messages = request.path("messages");
    violations.check(messages.isArray() && !messages.isEmpty(), "messages", "must not be empty");
    if (request.has("system")) {
      blocks.list(request.get("system"), "system", "system");
    }
    for (int i = 0; i < messages.size(); i++) {
      String role = messages.get(i).path("role").asText("");
      blocks.list(messages.get(i).path("content"), "messages." + i + ".content", role);
    }
    new TurnValidator(violations, traits).check(messages);
    new CacheValidator(violations, traits).check(request);
    boolean called = !messages.findValues("toolUse").isEmpty();
    violations.check(!called || request.has("toolConfig"), "toolConfig", "must be defined");
    if (request.has("toolConfig")) {
      tools(request.get("toolConfig"));
    }
    if (request.has("inferenceConfig")) {
      inference(request.get("inferenceConfig"));
    }
    thinking();
    output(request.path("outputConfig"));
  }

  private void tools(JsonNode config) {
    violations.members(config, "toolConfig", Set.of("tools"), Set.of("toolChoice"));
    Set<String> names = new HashSet<>();
    for (JsonNode tool : config.path("tools")) {
      String member =
          violations.union(tool, "tools", Set.of("toolSpec", "systemTool", "cachePoint"));
      if (member.equals("toolSpec")) {
        violations.check(
            names.add(tool.path(member).path("name").asText()), "tools", "name used twice");
        spec(tool.path(member));
      }
    }
    violations.check(!config.path("tools").isEmpty(), "tools", "must not be empty");
    if (config.has("toolChoice")) {
      choice(config.get("toolChoice"), names);
    }
  }

  private void spec(JsonNode spec) {
    violations.members(
        spec, "toolSpec", Set.of("name", "inputSchema"), Set.of("description", "strict"));
    violations.matches(spec.path("name"), "toolSpec.name", "[a-zA-Z0-9_-]{1,64}");
    violations.check(
        spec.path("inputSchema").path("json").path("type").asText("").equals("object"),
        "toolSpec.inputSchema",
        "type must be object");
    violations.check(
        !spec.has("description") || !spec.get("description").asText().isBlank(),
        "toolSpec.description",
        "must not be empty");
    violations.check(!spec.has("strict") || traits.schemas(), "toolSpec.strict", "is refused");
  }

  private void choice(JsonNode choice, Set<String> names) {
    String word = violations.union(choice, "toolChoice", Set.of("auto", "any", "tool"));
    ChoiceWord known = ChoiceWord.valueOf(word.toUpperCase(Locale.ROOT));
    violations.check(traits.toolChoices().contains(known), "toolChoice", "no " + word);
    String name = choice.path("tool").path("name").asText("");
    violations.check(!word.equals("tool") || names.contains(name), "toolChoice", "no " + name);
    violations.check(
        !request.path("additionalModelRequestFields").has("tool_choice"),
        "toolChoice",
        "conflicts with the additional field");
  }

  private void inference(JsonNode config) {
    violations.members(
        config,
        "inferenceConfig",
        Set.of(),
        Set.of("maxTokens", "temperature", "topP", "stopSequences"));
    violations.check(config.path("maxTokens").asInt(1) >= 1, "maxTokens", "at least 1");
    for (String name : List.of("temperature", "topP")) {
      double value = config.path(name).asDouble(0);
      violations.check(value >= 0 && value <= 1, name, "must be 0 to 1");
    }
    boolean both = config.has("temperature") && config.has("topP");
    violations.check(
        !both || !traits.eitherTemperatureOrTopP(), "inferenceConfig", "temperature and topP");
    for (JsonNode stop : config.path("stopSequences")) {
      violations.check(!stop.asText().isEmpty(), "stopSequences", "must not be empty");
      violations.check(
          traits.vendor() != Vendor.ANTHROPIC || !stop.asText().isBlank(),
          "stopSequences",
          "must not be blank");
    }
  }

  private void thinking() {
    JsonNode fields = request.path("additionalModelRequestFields");
    JsonNode config = request.path("inferenceConfig");
    JsonNode thinking = fields.path("thinking");
    if (traits.vendor() != Vendor.ANTHROPIC || thinking.isMissingNode()) {
      return;
    }
    violations.check(config.path("temperature").asDouble(1) == 1, "thinking", "temperature 1");
    violations.check(config.path("topP").asDouble(1) >= 0.95, "thinking", "topP >= 0.95");
    violations.check(!fields.has("top_k"), "thinking", "no top_k");
    JsonNode choice = request.path("toolConfig").path("toolChoice");
    violations.check(choice.isMissingNode() || choice.has("auto"), "thinking", "no forced tool");
    if (thinking.path("type").asText("").equals("enabled")) {
      int budget = thinking.path("budget_tokens").asInt(0);
      int limit = config.path("maxTokens").asInt(Integer.MAX_VALUE);
      violations.check(budget >= 1024 && budget < limit, "thinking", "budget of " + budget);
    }
  }

  private void output(JsonNode config) {
    if (config.has("effort")) {
      violations.oneOf(
          config.get("effort"), "effort", Set.of("low", "medium", "high", "xhigh", "max"));
    }
    JsonNode format = config.path("textFormat");
    if (format.isMissingNode()) {
      return;
    }
    violations.check(traits.schemas(), "outputConfig", "is refused");
    JsonNode schema = format.path("structure").path("jsonSchema").path("schema");
    violations.check(schema.isTextual(), "schema", "must be a string");
    try {
      closed(new ObjectMapper().readTree(schema.asText()));
    } catch (IOException notJson) {
      violations.check(false, "schema", "must hold JSON");
    }
  }

  private void closed(JsonNode schema) {
    boolean object = schema.path("type").asText("").equals("object");
    violations.check(
        !object || !schema.path("additionalProperties").asBoolean(true),
        "schema",
        "every object needs additionalProperties: false");
    schema.forEach(this::closed);
  }
}
