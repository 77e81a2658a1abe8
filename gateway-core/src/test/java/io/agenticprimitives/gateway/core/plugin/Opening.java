package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.Backend;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.ServerCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;

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

  /// Builds the plugin, opens a backend of its only provider, and hands over what is thrown.
  static AbstractThrowableAssert<?, ? extends Throwable> assertThatOpening(
      Path directory, TestPlugin plugin) throws IOException {
    plugin.build(directory);
    try (Plugins plugins = Plugins.load(directory)) {
      PluginDescription description = plugins.descriptions().getFirst();
      assertThat(description.fault()).isEmpty();
      InstalledProvider provider = plugins.find(description.providers().getFirst());
      ClassLoader before = Thread.currentThread().getContextClassLoader();
      var thrown = assertThatThrownBy(() -> told(provider, "a"));
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
      return thrown.hasNoCause();
    }
  }
}
