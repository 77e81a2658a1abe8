package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.api.Backend;
import io.agenticprimitives.gateway.api.Provider;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.LlmProvider;
import java.util.Arrays;
import java.util.Optional;

/// The kinds of providers that the gateway can use.
enum ProviderKind {
  LLM("llm", LlmProvider.class, LlmBackend.class);

  private final String primitive;
  private final Class<?> providerType;
  private final Class<? extends Backend> backendType;

  ProviderKind(String primitive, Class<?> providerType, Class<? extends Backend> backendType) {
    this.primitive = primitive;
    this.providerType = providerType;
    this.backendType = backendType;
  }

  /// The kind of a class that implements [Provider]; empty if it is none that we know.
  static Optional<ProviderKind> of(Class<?> type) {
    return Arrays.stream(values())
        .filter(kind -> kind.providerType.isAssignableFrom(type))
        .findFirst();
  }

  /// Its block in the configuration.
  String primitive() {
    return primitive;
  }

  /// What its providers open.
  Class<? extends Backend> backendType() {
    return backendType;
  }
}
