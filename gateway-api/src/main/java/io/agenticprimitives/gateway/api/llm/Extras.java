package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.JsonText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Fields of a request that this vocabulary has no word for, in the caller's order. A backend whose
/// upstream speaks the OpenAI dialect passes them on unchanged; any other translates those it knows
/// and reports the rest with
/// [CallContext.adjusted][io.agenticprimitives.gateway.api.CallContext#adjusted].
///
/// @param fields by name
public record Extras(Map<String, JsonText> fields) {
  /// No fields.
  public static final Extras NONE = new Extras(Map.of());

  public Extras {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return fields.isEmpty();
  }
}
