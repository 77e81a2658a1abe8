package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.Objects;
import java.util.Optional;

/// Something that the model may call. Backends read these and refuse kinds that they do not know.
public sealed interface Tool {

  /// A function of the caller.
  ///
  /// @param description what it does; empty if the caller does not say
  /// @param inputSchema the JSON Schema of its arguments; empty if the caller gives none
  /// @param strict whether arguments must follow the schema exactly; empty if the caller does not
  ///   say
  /// @param extras fields of the tool that have no component of their own
  /// @param functionExtras the same of the object `function` in it, where it has one
  record Function(
      String name,
      String description,
      Optional<JsonText> inputSchema,
      Optional<Boolean> strict,
      Extras extras,
      Extras functionExtras)
      implements Tool {
    public Function {
      Objects.requireNonNull(name);
      Objects.requireNonNull(description);
      Objects.requireNonNull(inputSchema);
      Objects.requireNonNull(strict);
      Objects.requireNonNull(extras);
      Objects.requireNonNull(functionExtras);
    }

    /// A function that is not described in an object of its own.
    public Function(
        String name,
        String description,
        Optional<JsonText> inputSchema,
        Optional<Boolean> strict,
        Extras extras) {
      this(name, description, inputSchema, strict, extras, Extras.NONE);
    }
  }

  /// A tool of another kind, as the caller wrote it: one that the upstream runs itself, say.
  record Other(String type, JsonText json) implements Tool {
    public Other {
      Objects.requireNonNull(type);
      Objects.requireNonNull(json);
    }
  }
}
