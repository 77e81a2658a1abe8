package io.agenticprimitives.gateway.api.llm;

import java.util.Objects;

/// A complete call of a tool in an answer.
///
/// @param id of the call, to be named by its result
/// @param name of the tool
/// @param arguments the JSON text of the arguments as the model wrote it, possibly broken if the
///   model ran out of tokens. A model that passes none writes nothing or, on some Llama servers,
///   `null`: that is `{}` here
public record ToolCall(String id, String name, String arguments) {
  public ToolCall {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    String written = arguments.strip();
    if (written.isEmpty() || written.equals("null")) {
      arguments = "{}";
    }
  }
}
