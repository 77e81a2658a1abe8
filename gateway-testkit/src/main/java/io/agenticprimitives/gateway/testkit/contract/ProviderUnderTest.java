package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.Backend;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.Provider;
import io.agenticprimitives.gateway.core.plugin.InstalledProvider;
import java.nio.file.Path;

/// A provider, on the class path of the tests or in a packaged plugin.
public sealed interface ProviderUnderTest extends AutoCloseable {
  /// The name of its class.
  String className();

  /// The record that its configuration is bound to.
  Class<? extends Record> configType();

  /// Opens a backend, which the caller closes.
  Backend open(Record config, BackendContext context);

  @Override
  void close();

  /// A provider of the class path.
  static ProviderUnderTest of(Provider<?, ?> provider) {
    return new OnClassPath(provider);
  }

  /// A provider of a plugin, loaded as the gateway does it.
  ///
  /// @param plugin the jar, or the directory of jars
  /// @param name the provider's class name, alias or short name
  static ProviderUnderTest installed(Path plugin, String name) {
    PluginUnderTest loaded = PluginUnderTest.load(plugin);
    return new Installed(loaded, loaded.plugins().find(name));
  }

  /// See [#of].
  record OnClassPath(Provider<?, ?> provider) implements ProviderUnderTest {
    @Override
    public String className() {
      return provider.getClass().getName();
    }

    @Override
    public Class<? extends Record> configType() {
      return provider.configType();
    }

    @Override
    public Backend open(Record config, BackendContext context) {
      return open(provider, config, context);
    }

    private static <C extends Record> Backend open(
        Provider<C, ?> provider, Record config, BackendContext context) {
      return provider.open(provider.configType().cast(config), context);
    }

    @Override
    public void close() {}
  }

  /// See [#installed].
  record Installed(PluginUnderTest plugin, InstalledProvider provider)
      implements ProviderUnderTest {
    @Override
    public String className() {
      return provider.className();
    }

    @Override
    public Class<? extends Record> configType() {
      return provider.configType();
    }

    @Override
    public Backend open(Record config, BackendContext context) {
      return provider.open(config, context);
    }

    @Override
    public void close() {
      plugin.close();
    }
  }
}
