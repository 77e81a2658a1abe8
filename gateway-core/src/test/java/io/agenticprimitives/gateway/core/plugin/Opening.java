package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.api.Backend;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.ServerCredentials;
import java.time.Duration;

/// Opens the providers of test plugins as the gateway does.
final class Opening {
  static final BackendContext CONTEXT =
      new BackendContext() {
        @Override
        public String backendName() {
          return "test";
        }

        @Override
        public Duration connectTimeout() {
          return Duration.ofSeconds(5);
        }

        @Override
        public ServerCredentials serverCredentials() {
          return ServerCredentials.NEVER;
        }
      };

  private Opening() {}

  /// What a backend of the provider tells.
  static String told(InstalledProvider provider, String text) throws ReflectiveOperationException {
    try (Backend backend = provider.open(config(provider, text), CONTEXT)) {
      return backend.toString();
    }
  }

  static Record config(InstalledProvider provider, String text)
      throws ReflectiveOperationException {
    return provider.configType().getConstructor(String.class).newInstance(text);
  }

  /// What is wrong with the only plugin.
  static String fault(Plugins plugins) {
    return plugins.descriptions().getFirst().fault().orElse("");
  }
}
