package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The configured backends for language models in the order of the configuration, those that cannot
/// serve included.
final class LlmServices implements AutoCloseable {
  private final String defaultName;
  private final Map<String, Slot> slots;

  LlmServices(String defaultName, Map<String, Slot> slots) {
    this.defaultName = defaultName;
    this.slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }

  /// What became of a configured backend.
  sealed interface Slot {
    /// It can serve.
    record Open(LlmService service) implements Slot {}

    /// It cannot.
    ///
    /// @param provider as the configuration names it
    /// @param reason for operators and callers
    record Unavailable(String provider, String reason) implements Slot {}
  }

  String defaultName() {
    return defaultName;
  }

  Collection<String> names() {
    return slots.keySet();
  }

  Map<String, Slot> slots() {
    return slots;
  }

  boolean isConfigured(String name) {
    return slots.containsKey(name);
  }

  LlmService defaultService() {
    return byName(defaultName);
  }

  LlmService byName(String name) {
    return switch (slots.get(name)) {
      case Slot.Open open -> open.service();
      case Slot.Unavailable unavailable ->
          throw new BackendException(
              ErrorKind.UNAVAILABLE,
              "Backend '" + name + "' is not available: " + unavailable.reason());
      case null ->
          throw new BackendException(
              ErrorKind.INVALID_REQUEST,
              "Unknown llm provider '%s'. Available: %s"
                  .formatted(name, String.join(", ", names())));
    };
  }

  @Override
  public void close() {
    for (Slot slot : slots.values()) {
      if (slot instanceof Slot.Open open) {
        open.service().close();
      }
    }
  }
}
