package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that a test puts together, and what became of it.
final class Translation {
  static final String CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  static final String NOVA = "amazon.nova-lite-v1:0";
  static final String MISTRAL = "mistral.mistral-large-2407-v1:0";
  static final String LLAMA = "meta.llama3-2-1b-instruct-v1:0";

  private static final ObjectMapper JSON = new ObjectMapper();

  private String model = CLAUDE;
  private ConverseSettings settings = ConverseSettings.NONE;
  private final List<Message> messages = new ArrayList<>();
  private final List<Tool> tools = new ArrayList<>();
  private Optional<ToolChoice> toolChoice = Optional.empty();
  private Optional<ResponseFormat> responseFormat = Optional.empty();
  private Sampling sampling = Sampling.UNSET;
  private Delivery delivery = Delivery.WHOLE;
  private final Map<String, JsonText> extras = new LinkedHashMap<>();
  private RecordingCall call = new RecordingCall(false);

  static Translation of(Message... messages) {
    Translation translation = new Translation();
    translation.messages.addAll(List.of(messages));
    return translation;
  }

  Translation model(String id) {
    model = id;
    return this;
  }

  Translation settings(ConverseSettings operator) {
    settings = operator;
    return this;
  }

  Translation tools(Tool... declared) {
    tools.addAll(List.of(declared));
    return this;
  }

  Translation choice(ToolChoice choice) {
    toolChoice = Optional.of(choice);
    return this;
  }

  Translation format(ResponseFormat format) {
    responseFormat = Optional.of(format);
    return this;
  }

  Translation sampling(Sampling values) {
    sampling = values;
    return this;
  }

  Translation streamed() {
    delivery = Delivery.STREAMED;
    return this;
  }

  Translation extra(String name, String json) {
    extras.put(name, new JsonText(json));
    return this;
  }

  ConverseRequest encode() {
    CompletionRequest request =
        new CompletionRequest(
            model,
            messages,
            tools,
            toolChoice,
            responseFormat,
            sampling,
            delivery,
            new Extras(extras));
    call = new RecordingCall(false);
    return new ConverseEncoder(settings).encode(request, model, call);
  }

  /// The body, which keeps all rules.
  JsonNode body() {
    try {
      JsonNode body = JSON.readTree(encode().body());
      ModelTraits traits = ModelTraits.of(model, settings.baseModel());
      assertThat(ConverseValidator.violations(body, traits)).isEmpty();
      return body;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Asserts on one member of the body, and on all reports, such as `CHANGED messages[0]`.
  ///
  /// @param expected JSON with ' for "
  void gives(String member, String expected, String... reports) {
    JsonNode actual = body().path(member);
    assertThat(actual.toString()).isEqualTo(compact(expected));
    assertThat(call.lines()).containsExactly(reports);
  }

  /// The reports of the last encoding.
  RecordingCall call() {
    return call;
  }

  private static String compact(String json) {
    try {
      return JSON.readTree(json.replace('\'', '"')).toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Message system(String text) {
    return new Message.SystemPrompt(false, List.of(ContentBlock.Text.of(text)), Extras.NONE);
  }

  static Message user(String text) {
    return user(ContentBlock.Text.of(text));
  }

  static Message user(ContentBlock... blocks) {
    return new Message.User(List.of(blocks), Extras.NONE);
  }

  static Message assistant(String text) {
    return assistant(ContentBlock.Text.of(text));
  }

  static Message assistant(ContentBlock... blocks) {
    return new Message.Assistant(List.of(blocks), Extras.NONE);
  }

  static ContentBlock text(String text) {
    return ContentBlock.Text.of(text);
  }

  static ContentBlock call(String id, String name, String arguments) {
    return new ContentBlock.ToolUse(id, name, arguments, Extras.NONE);
  }

  static ContentBlock result(String id, ContentBlock... content) {
    return new ContentBlock.ToolResult(id, List.of(content), false, Extras.NONE);
  }

  static Message results(ContentBlock... results) {
    return new Message.Tool(List.of(results), Extras.NONE);
  }

  static ContentBlock point() {
    return new ContentBlock.CachePoint("", Extras.NONE);
  }

  static ContentBlock bedrock(String json) {
    return new ContentBlock.Other("", new JsonText(json.replace('\'', '"')));
  }

  static ContentBlock reasoning(String json) {
    JsonText opaque = new JsonText(json.replace('\'', '"'));
    return new ContentBlock.Reasoning("", Optional.of(opaque), Extras.NONE);
  }

  static Extras extras(String name, String json) {
    return new Extras(Map.of(name, new JsonText(json.replace('\'', '"'))));
  }

  static Tool function(String name) {
    return function(name, "{'type':'object'}");
  }

  static Tool function(String name, String schema) {
    JsonText json = new JsonText(schema.replace('\'', '"'));
    return new Tool.Function(name, "", Optional.of(json), Optional.empty(), Extras.NONE);
  }
}
