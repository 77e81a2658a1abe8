package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.Objects;
import java.util.Optional;

/// The form that the answer must have. Backends read these and refuse kinds that they do not know.
public sealed interface ResponseFormat {

  /// Plain text.
  record Text() implements ResponseFormat {}

  /// Any JSON object.
  record JsonObject() implements ResponseFormat {}

  /// JSON after a schema.
  ///
  /// @param name of the schema
  /// @param description what it is for; empty if the caller does not say
  /// @param schema the JSON Schema; empty if the caller gives none
  /// @param strict whether the answer must follow it exactly; empty if the caller does not say
  record JsonSchema(
      String name,
      String description,
      Optional<JsonText> schema,
      Optional<Boolean> strict,
      Extras extras)
      implements ResponseFormat {
    public JsonSchema {
      Objects.requireNonNull(name);
      Objects.requireNonNull(description);
      Objects.requireNonNull(schema);
      Objects.requireNonNull(strict);
      Objects.requireNonNull(extras);
    }
  }

  /// A form that this vocabulary has no word for, as the caller wrote it.
  record Other(JsonText json) implements ResponseFormat {
    public Other {
      Objects.requireNonNull(json);
    }
  }
}
