package io.agenticprimitives.gateway.api.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a caller asks of a model. The gateway makes it and a backend translates it; it may grow.
///
/// @param model the model's name as the upstream knows it; empty for the backend's default
/// @param messages the conversation, oldest first, system messages where the caller put them
/// @param tools what the model may call
/// @param toolChoice whether it must; empty if the caller does not say
/// @param responseFormat the form of the answer; empty if the caller does not say
/// @param sampling how the answer is drawn
/// @param delivery streamed or whole
/// @param extras fields that have no component of their own
public record CompletionRequest(
    String model,
    List<Message> messages,
    List<Tool> tools,
    Optional<ToolChoice> toolChoice,
    Optional<ResponseFormat> responseFormat,
    Sampling sampling,
    Delivery delivery,
    Extras extras) {

  public CompletionRequest {
    Objects.requireNonNull(model);
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    Objects.requireNonNull(toolChoice);
    Objects.requireNonNull(responseFormat);
    Objects.requireNonNull(sampling);
    Objects.requireNonNull(delivery);
    Objects.requireNonNull(extras);
  }

  /// The same request for another model.
  public CompletionRequest withModel(String newModel) {
    return new CompletionRequest(
        newModel, messages, tools, toolChoice, responseFormat, sampling, delivery, extras);
  }
}
