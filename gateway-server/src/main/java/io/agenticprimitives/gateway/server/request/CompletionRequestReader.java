package io.agenticprimitives.gateway.server.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Tool;
import io.agenticprimitives.gateway.api.llm.ToolChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the body of one request for a completion. Only one message at a time is held as a tree.
///
/// Fields: those of the original project, `messages`, `model`, `temperature`, `max_tokens`,
/// `metadata`, `tools`, `tool_choice`, `system`; the further ones of OpenAI; everything else is
/// kept for upstreams that know it.
public final class CompletionRequestReader {
  /// More messages are no conversation.
  static final int MAX_MESSAGES = 100_000;

  private static final List<String> FIELD_ORDER =
      List.of(
          "model",
          "messages",
          "temperature",
          "max_tokens",
          "metadata",
          "tools",
          "tool_choice",
          "system");

  private final Faults faults = new Faults(FIELD_ORDER);
  private final Scalars scalars = new Scalars(faults);
  private final MessageReader messageReader = new MessageReader(faults);
  private final SamplingReader sampling = new SamplingReader(scalars);

  private final byte[] body;
  private String model = "";
  private final List<Message> messages = new ArrayList<>();
  private boolean hasMessages;
  private Optional<String> system = Optional.empty();
  private List<Tool> tools = List.of();
  private Optional<ToolChoice> toolChoice = Optional.empty();
  private Optional<ResponseFormat> responseFormat = Optional.empty();
  private final Map<String, JsonText> extras = new LinkedHashMap<>();
  private final ChatFieldsReader chat = new ChatFieldsReader(faults, scalars, extras);
  private final boolean isChat;

  private CompletionRequestReader(byte[] body, boolean isChat) {
    this.body = body;
    this.isChat = isChat;
  }

  /// Reads a body of our own API.
  ///
  /// @param body JSON in UTF-8
  /// @throws RequestFaultsException if anything is wrong with it
  public static CompletionRequest read(byte[] body, Delivery delivery) {
    CompletionRequestReader reader = new CompletionRequestReader(body, false);
    reader.readBody();
    return reader.request(delivery);
  }

  /// Reads a body in OpenAI's dialect, which says itself whether the answer is to be streamed.
  ///
  /// @param body JSON in UTF-8
  /// @throws RequestFaultsException if anything is wrong with it
  public static ChatRequest readChat(byte[] body) {
    CompletionRequestReader reader = new CompletionRequestReader(body, true);
    reader.readBody();
    ChatFieldsReader chat = reader.chat;
    boolean functions = reader.takeFunctions();
    Delivery delivery = chat.isStreamed() ? Delivery.STREAMED : Delivery.WHOLE;
    return new ChatRequest(reader.request(delivery), chat.wantsUsage(), functions);
  }

  /// Takes tools in the older form as the tools of the request, unless it has others.
  ///
  /// @return whether there are any
  private boolean takeFunctions() {
    boolean functions = tools.isEmpty() && !chat.functions().isEmpty();
    if (!functions || toolChoice.isPresent()) {
      chat.passOn("function_call");
    } else {
      toolChoice = chat.functionCall();
    }
    if (functions) {
      tools = chat.functions();
      sampling.parallelToolCalls(Optional.of(false));
    } else {
      chat.passOn("functions");
    }
    return functions;
  }

  /// @throws RequestFaultsException if anything is wrong
  private void readBody() {
    BodyObject.read(body, faults, this::readField);
    if (!hasMessages && faults.isEmpty()) {
      missingMessages();
    }
    if (!faults.isEmpty()) {
      throw faults.asException();
    }
  }

  private void missingMessages() {
    byte[] json = RequestJson.withoutMark(body);
    String input =
        json.length <= 1000
            ? new String(json, StandardCharsets.UTF_8)
            : Faults.quoted(new String(json, 0, 1000, StandardCharsets.UTF_8)).text();
    faults.add("missing", Location.BODY.field("messages"), "Field required", input);
  }

  private void readField(String field, JsonParser parser) throws IOException {
    Location place = Location.BODY.field(field);
    if (field.equals("messages")) {
      readMessages(parser, place);
    } else {
      readField(field, RequestJson.value(parser), place);
    }
  }

  private void readMessages(JsonParser parser, Location place) throws IOException {
    hasMessages = true;
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      faults.notAList(place, RequestJson.value(parser));
      return;
    }
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (index >= MAX_MESSAGES) {
        parser.skipChildren();
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        messageReader.read(RequestJson.value(parser), place.item(index), messages);
      } else {
        faults.notADictionary(place.item(index), RequestJson.value(parser));
      }
      index++;
    }
    if (index > MAX_MESSAGES) {
      String message = "List should have at most " + MAX_MESSAGES + " items";
      faults.add("too_long", place, message, String.valueOf(index));
    }
  }

  private void readField(String field, JsonNode value, Location place) {
    if (SamplingReader.knows(field)) {
      sampling.read(field, value, place);
      return;
    }
    if (isChat && ChatFieldsReader.knows(field)) {
      chat.read(field, value, place);
      return;
    }
    switch (field) {
      case "model" -> model = scalars.string(value, place).orElse("");
      case "system" -> system = value.isNull() ? Optional.empty() : scalars.string(value, place);
      case "metadata" -> requireObject(value, place);
      case "tools" -> tools = new ToolReader(faults).read(value, place);
      case "tool_choice" -> {
        toolChoice = new ToolChoiceReader(faults).read(value, place);
        sampling.parallelToolCalls(ToolChoiceReader.parallelToolCalls(value));
      }
      case "response_format" ->
          responseFormat = new ResponseFormatReader(faults).read(value, place);
      // The route decides whether the answer is streamed.
      case "stream" -> {}
      default -> extras.put(field, RequestJson.text(value));
    }
  }

  private void requireObject(JsonNode value, Location place) {
    if (!value.isObject()) {
      faults.notADictionary(place, value);
    }
  }

  private CompletionRequest request(Delivery delivery) {
    List<Message> all = new ArrayList<>();
    system.ifPresent(
        text ->
            all.add(
                new Message.SystemPrompt(false, List.of(ContentBlock.Text.of(text)), Extras.NONE)));
    all.addAll(messages);
    return new CompletionRequest(
        model,
        all,
        tools,
        toolChoice,
        responseFormat,
        sampling.sampling(),
        delivery,
        new Extras(extras));
  }
}
