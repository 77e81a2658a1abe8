package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;

/// What the names of the original project's classes say about them.
final class ProviderNames {
  private ProviderNames() {}

  /// Whether a provider, authenticator or enforcer does nothing.
  static boolean isNoop(String name) {
    return isOf(name, "noop");
  }

  /// The same for a value of the configuration.
  static boolean isNoop(ConfigNode name) {
    return name instanceof Scalar scalar && (scalar.isNull() || isNoop(scalar.text()));
  }

  /// Whether a name is a word, or a class of the original project in the module of that word:
  /// `noop`, `agentic_primitives_gateway.auth.noop.NoopAuthBackend`.
  static boolean isOf(String name, String word) {
    return name.equals(word)
        || (name.startsWith("agentic_primitives_gateway.") && name.contains("." + word + "."));
  }
}
