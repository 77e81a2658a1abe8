package io.agenticprimitives.gateway.api.llm;

import java.util.Objects;

/// A complete call of a tool in an answer.
///
/// @param id of the call, to be named by its result
/// @param name of the tool
/// @param arguments the JSON text of the arguments as the model wrote it; `{}` if it wrote none;
///   possibly broken JSON if the model ran out of tokens
public record ToolCall(String id, String name, String arguments) {
  public ToolCall {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(arguments);
  }
}
