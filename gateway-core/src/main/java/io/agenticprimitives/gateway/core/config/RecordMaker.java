package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Calls the constructors of configuration records, which are somebody else's code.
final class RecordMaker {
  private final List<String> secrets = new ArrayList<>();

  /// Remembers a value if it is a secret, so that no message shows it.
  void remember(Object value) {
    if (value instanceof Secret secret && !secret.value().isEmpty()) {
      secrets.add(secret.value());
    }
  }

  /// A message of the record's constructor, without the secrets that it may quote.
  String masked(@Nullable String message) {
    String shown = Objects.requireNonNullElse(message, "these values do not go together");
    for (String secret : secrets) {
      shown = shown.replace(secret, "********");
    }
    return shown;
  }

  /// Makes the record.
  ///
  /// @throws IllegalArgumentException if its constructor refuses the values with one
  /// @throws UnfitRecordException if it cannot be called, or fails in another way
  Object make(Class<?> type, RecordShape shape, List<Object> values) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(shape.rawTypes());
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      if (e.getCause() instanceof VirtualMachineError error) {
        throw error;
      }
      throw failed(type, Objects.requireNonNullElse(e.getCause(), e));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw failed(type, e);
    }
  }

  /// Only the kind of the failure is told: its message may quote the values.
  private static UnfitRecordException failed(Class<?> type, Throwable failure) {
    return new UnfitRecordException(
        "%s failed with %s".formatted(type.getName(), failure.getClass().getName()), failure);
  }
}
