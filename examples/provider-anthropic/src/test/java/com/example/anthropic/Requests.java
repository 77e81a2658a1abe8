package com.example.anthropic;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Requests, each built from the one before it.
record Requests(CompletionRequest request) {
  static final Tool WEATHER =
      new Tool.Function(
          "get_weather",
          "Tells the weather.",
          Optional.of(
              new JsonText(
                  "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}")),
          Optional.empty(),
          Extras.NONE);

  static final CompletionRequest HELLO = of(user("Hello")).request();

  static Requests of(Message... messages) {
    return new Requests(
        new CompletionRequest(
            "claude-sonnet-5",
            List.of(messages),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            limited(Optional.empty(), Optional.empty()),
            Delivery.STREAMED,
            Extras.NONE));
  }

  /// What every request here has, so that nothing is adjusted: a limit.
  static Sampling limited(Optional<Boolean> parallel, Optional<String> effort) {
    return sampling(OptionalDouble.empty(), List.of(), OptionalLong.empty(), parallel, effort);
  }

  static Sampling sampling(
      OptionalDouble temperature,
      List<String> stop,
      OptionalLong seed,
      Optional<Boolean> parallel,
      Optional<String> effort) {
    return new Sampling(
        temperature,
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.of(8000),
        OptionalInt.empty(),
        stop,
        seed,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        parallel,
        effort);
  }

  static Message user(String text) {
    return new Message.User(List.of(ContentBlock.Text.of(text)), Extras.NONE);
  }

  static Message user(ContentBlock... blocks) {
    return new Message.User(List.of(blocks), Extras.NONE);
  }

  static Message system(String text) {
    return new Message.SystemPrompt(false, List.of(ContentBlock.Text.of(text)), Extras.NONE);
  }

  static Message assistant(ContentBlock... blocks) {
    return new Message.Assistant(List.of(blocks), Extras.NONE);
  }

  static Message result(String id, boolean error, ContentBlock... content) {
    return new Message.Tool(
        List.of(new ContentBlock.ToolResult(id, List.of(content), error, Extras.NONE)),
        Extras.NONE);
  }

  static Extras extras(String name, String json) {
    return new Extras(Map.of(name, new JsonText(json)));
  }

  Requests model(String model) {
    return new Requests(request.withModel(model));
  }

  Requests tools(ToolChoice choice, Tool... tools) {
    return new Requests(
        copy(
            List.of(tools),
            Optional.of(choice),
            Optional.empty(),
            request.sampling(),
            request.extras()));
  }

  Requests format(ResponseFormat format) {
    return new Requests(
        copy(
            request.tools(),
            request.toolChoice(),
            Optional.of(format),
            request.sampling(),
            request.extras()));
  }

  Requests sampling(Sampling sampling) {
    return new Requests(
        copy(
            request.tools(),
            request.toolChoice(),
            request.responseFormat(),
            sampling,
            request.extras()));
  }

  Requests with(String field, String json) {
    return new Requests(
        copy(
            request.tools(),
            request.toolChoice(),
            request.responseFormat(),
            request.sampling(),
            extras(field, json)));
  }

  private CompletionRequest copy(
      List<Tool> tools,
      Optional<ToolChoice> choice,
      Optional<ResponseFormat> format,
      Sampling sampling,
      Extras extras) {
    return new CompletionRequest(
        request.model(),
        request.messages(),
        tools,
        choice,
        format,
        sampling,
        request.delivery(),
        extras);
  }
}
