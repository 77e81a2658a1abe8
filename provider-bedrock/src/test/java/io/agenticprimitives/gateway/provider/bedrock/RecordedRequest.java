package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A Converse request that a client library sent to the service, as a request of the gateway.
record RecordedRequest(String name, JsonNode meta, JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<RecordedRequest> all() {
    try (Stream<Path> cases = Files.list(Recording.CORPUS)) {
      return cases.sorted().map(RecordedRequest::read).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static RecordedRequest read(Path directory) {
    try {
      return new RecordedRequest(
          directory.getFileName().toString(),
          JSON.readTree(directory.resolve("meta.json").toFile()),
          JSON.readTree(directory.resolve("request.json").toFile()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String model() {
    return meta.path("model").asText();
  }

  /// Whether it went to Converse, not to one of the older operations.
  boolean isConverse() {
    return meta.path("endpoint").asText().startsWith("converse");
  }

  CompletionRequest request() {
    return new CompletionRequest(
        model(),
        messages(),
        tools(),
        toolChoice(),
        responseFormat(),
        sampling(),
        meta.path("stream").asBoolean() ? Delivery.STREAMED : Delivery.WHOLE,
        extras());
  }

  private List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    if (!body.path("system").isEmpty()) {
      messages.add(new Message.SystemPrompt(false, blocks(body.path("system")), Extras.NONE));
    }
    for (JsonNode message : body.path("messages")) {
      List<ContentBlock> content = blocks(message.path("content"));
      boolean results = content.stream().allMatch(ContentBlock.ToolResult.class::isInstance);
      if (message.path("role").asText().equals("assistant")) {
        messages.add(new Message.Assistant(content, Extras.NONE));
      } else if (results) {
        messages.add(new Message.Tool(content, Extras.NONE));
      } else {
        messages.add(new Message.User(content, Extras.NONE));
      }
    }
    return messages;
  }

  private static List<ContentBlock> blocks(JsonNode content) {
    List<ContentBlock> blocks = new ArrayList<>();
    content.forEach(block -> blocks.add(block(block)));
    return blocks;
  }

  private static ContentBlock block(JsonNode block) {
    String member = block.fieldNames().next();
    JsonNode value = block.get(member);
    JsonNode bytes = value.path("source").path("bytes");
    return switch (member) {
      case "text" -> ContentBlock.Text.of(value.asText());
      case "json" -> new ContentBlock.Json(text(value), Extras.NONE);
      case "cachePoint" -> new ContentBlock.CachePoint("", Extras.NONE);
      case "toolUse" ->
          new ContentBlock.ToolUse(
              value.path("toolUseId").asText(),
              value.path("name").asText(),
              value.path("input").toString(),
              Extras.NONE);
      case "toolResult" -> toolResult(value);
      case "image" -> {
        String type = "image/" + value.path("format").asText();
        yield new ContentBlock.Image(new MediaSource.Inline(type, bytes.asText()), Extras.NONE);
      }
      case "document" ->
          bytes.isMissingNode()
              ? new ContentBlock.Other(member, text(block))
              : new ContentBlock.Document(
                  new MediaSource.Inline("", bytes.asText()),
                  value.path("name").asText() + "." + value.path("format").asText(),
                  Extras.NONE);
      default -> new ContentBlock.Other(member, text(block));
    };
  }

  private static ContentBlock toolResult(JsonNode value) {
    return new ContentBlock.ToolResult(
        value.path("toolUseId").asText(),
        blocks(value.path("content")),
        value.path("status").asText().equals("error"),
        Extras.NONE);
  }

  private List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("toolConfig").path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      tools.add(
          spec.isMissingNode()
              ? new Tool.Other("", text(tool))
              : new Tool.Function(
                  spec.path("name").asText(),
                  spec.path("description").asText(),
                  Optional.of(text(spec.path("inputSchema").path("json"))),
                  Optional.empty(),
                  Extras.NONE));
    }
    return tools;
  }

  private Optional<ToolChoice> toolChoice() {
    JsonNode choice = body.path("toolConfig").path("toolChoice");
    if (choice.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        choice.has("auto")
            ? new ToolChoice.Auto()
            : choice.has("any")
                ? new ToolChoice.Required()
                : new ToolChoice.Named(choice.path("tool").path("name").asText()));
  }

  private Optional<ResponseFormat> responseFormat() {
    JsonNode schema = body.path("outputConfig").path("textFormat").path("structure");
    return schema.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new ResponseFormat.JsonSchema(
                schema.path("jsonSchema").path("name").asText(""),
                schema.path("jsonSchema").path("description").asText(""),
                Optional.of(new JsonText(schema.path("jsonSchema").path("schema").asText())),
                Optional.empty(),
                Extras.NONE));
  }

  private Sampling sampling() {
    JsonNode config = body.path("inferenceConfig");
    List<String> stop = new ArrayList<>();
    config.path("stopSequences").forEach(sequence -> stop.add(sequence.asText()));
    return new Sampling(
        number(config.path("temperature")),
        number(config.path("topP")),
        OptionalInt.empty(),
        config.has("maxTokens")
            ? OptionalInt.of(config.get("maxTokens").asInt())
            : OptionalInt.empty(),
        OptionalInt.empty(),
        stop,
        Sampling.UNSET.seed(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static OptionalDouble number(JsonNode value) {
    return value.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(value.asDouble());
  }

  private Extras extras() {
    Map<String, JsonText> extras = new LinkedHashMap<>();
    ObjectNode rest = body.deepCopy();
    rest.remove(List.of("messages", "system", "inferenceConfig", "toolConfig", "outputConfig"));
    rest.properties().forEach(field -> extras.put(field.getKey(), text(field.getValue())));
    return new Extras(extras);
  }

  private static JsonText text(JsonNode node) {
    return new JsonText(node.toString());
  }
}
