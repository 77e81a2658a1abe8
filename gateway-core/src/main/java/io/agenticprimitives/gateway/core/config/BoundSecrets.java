package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Secret;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The secrets of a configuration that has been bound, to keep them out of what a provider says.
public final class BoundSecrets {
  private BoundSecrets() {}

  /// A text of the provider without the secrets that it may quote.
  public static String masked(String text, Record config) {
    List<String> secrets = new ArrayList<>();
    collect(config, secrets);
    // The longest first: one may be a part of another.
    secrets.sort(Comparator.comparingInt(String::length).reversed());
    String shown = text;
    for (String secret : secrets) {
      shown = secret.isBlank() ? shown : shown.replace(secret, "********");
    }
    return shown;
  }

  private static void collect(@Nullable Object value, List<String> secrets) {
    switch (value) {
      case Secret secret -> secrets.add(secret.value());
      case Record block -> {
        for (RecordComponent component : block.getClass().getRecordComponents()) {
          collect(read(component, block), secrets);
        }
      }
      case Optional<?> optional -> optional.ifPresent(inner -> collect(inner, secrets));
      case Collection<?> items -> items.forEach(item -> collect(item, secrets));
      case Map<?, ?> entries -> entries.values().forEach(item -> collect(item, secrets));
      case null, default -> {}
    }
  }

  private static @Nullable Object read(RecordComponent component, Record block) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(block);
    } catch (ReflectiveOperationException | RuntimeException failure) {
      // An accessor of the plugin's own that fails hides what it has, too.
      return null;
    }
  }
}
