package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.Objects;

/// Whether the model must call a tool. Backends read these and refuse kinds that they do not know.
public sealed interface ToolChoice {

  /// As it likes.
  record Auto() implements ToolChoice {}

  /// It must not.
  record None() implements ToolChoice {}

  /// At least one, whichever it likes.
  record Required() implements ToolChoice {}

  /// This one.
  record Named(String name) implements ToolChoice {
    public Named {
      Objects.requireNonNull(name);
    }
  }

  /// A choice that this vocabulary has no word for, as the caller wrote it.
  record Other(JsonText json) implements ToolChoice {
    public Other {
      Objects.requireNonNull(json);
    }
  }
}
