package io.agenticprimitives.gateway.core.plugin;

import io.agenticprimitives.gateway.api.Backend;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.Provider;
import io.agenticprimitives.gateway.core.config.BoundSecrets;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A provider of a plugin that can be used. Nothing of it is constructed until it is asked for its
/// configuration type or a backend; each time a new instance is made. Thread-safe. Not to be used
/// after its [Plugins] are closed, and to be dropped then: it keeps the plugin's classes loaded.
public final class InstalledProvider {
  private static final Logger log = LoggerFactory.getLogger(InstalledProvider.class);

  /// How long a plugin may take for anything at the start. It has libraries to load, and nothing to
  /// wait for.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DeclaredProvider declared;
  private final ProviderKind kind;
  private final String pluginName;
  private final String pluginVersion;
  private final ClassLoader classLoader;
  private final Supplier<Provider<?, ?>> constructor;
  private final BoundedRun run;

  InstalledProvider(
      DeclaredProvider declared,
      ProviderKind kind,
      String pluginName,
      String pluginVersion,
      ClassLoader classLoader,
      Supplier<Provider<?, ?>> constructor) {
    this(declared, kind, pluginName, pluginVersion, classLoader, constructor, PATIENCE);
  }

  private InstalledProvider(
      DeclaredProvider declared,
      ProviderKind kind,
      String pluginName,
      String pluginVersion,
      ClassLoader classLoader,
      Supplier<Provider<?, ?>> constructor,
      Duration patience) {
    this.declared = declared;
    this.kind = kind;
    this.pluginName = pluginName;
    this.pluginVersion = pluginVersion;
    this.classLoader = classLoader;
    this.constructor = constructor;
    this.run = new BoundedRun(pluginName, classLoader, patience);
  }

  /// The same with another patience.
  InstalledProvider patientFor(Duration patience) {
    return new InstalledProvider(
        declared, kind, pluginName, pluginVersion, classLoader, constructor, patience);
  }

  /// The name of its class, which the configuration uses.
  public String className() {
    return declared.className();
  }

  /// The other names that its `@Alias` gives it.
  public List<String> aliases() {
    return declared.aliases();
  }

  /// What kind of upstream it is for, as callers see it: the second-last segment of the first alias
  /// with dots (`openai_compatible`), or else its simple class name without `Provider` in
  /// snake_case.
  public String typeName() {
    return declared.typeName();
  }

  /// The name of its plugin.
  public String pluginName() {
    return pluginName;
  }

  /// The version of its plugin, or `unknown`.
  public String pluginVersion() {
    return pluginVersion;
  }

  /// The block of the configuration that it is for: `llm`.
  public String primitive() {
    return kind.primitive();
  }

  /// The class loader of its plugin.
  public ClassLoader classLoader() {
    return classLoader;
  }

  DeclaredProvider declared() {
    return declared;
  }

  /// The record that its configuration is bound to.
  ///
  /// @throws PluginException if the plugin fails, or takes more than half a minute
  public Class<? extends Record> configType() {
    return inPlugin("it cannot tell its configuration type", this::askConfigType, _ -> {});
  }

  private Class<? extends Record> askConfigType() {
    return configType(construct());
  }

  /// Opens a live backend.
  ///
  /// @param config of the type [#configType()]
  /// @throws IllegalArgumentException if the configuration cannot work; the message is the
  ///   provider's, for the operator
  /// @throws PluginException if the plugin fails in any other way, or takes more than half a minute
  public Backend open(Record config, BackendContext context) {
    try {
      return inPlugin(
          "opening a backend failed", () -> constructAndOpen(config, context), this::discard);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(masked(refused, config));
    } catch (PluginException failure) {
      throw new PluginException(masked(failure, config));
    }
  }

  /// What the plugin says goes to the operator, and may quote the configuration.
  private static String masked(RuntimeException told, Record config) {
    return BoundSecrets.masked(String.valueOf(told.getMessage()), config);
  }

  private Backend constructAndOpen(Record config, BackendContext context) {
    Provider<?, ?> provider = construct();
    Class<? extends Record> type = configType(provider);
    if (!type.isInstance(config)) {
      throw unusable(
          "it is configured with a %s, not with a %s. Ask it for its configuration type first."
              .formatted(type.getName(), config.getClass().getName()));
    }
    return open(provider, config, context);
  }

  private <T> T inPlugin(String step, Supplier<T> action, Consumer<T> tooLate) {
    try {
      return run.of(action, tooLate);
    } catch (BoundedRun.TooSlowException tooSlow) {
      throw unusable(
          """
          %s: %s. A provider must not wait for anything at the start, least of all for its \
          upstream. The plugin's authors must correct that.\
          """
              .formatted(step, tooSlow.getMessage()));
    }
  }

  /// Nobody waits any more for a backend that has been opened after all.
  private void discard(Backend backend) {
    try (ContextClassLoader _ = ContextClassLoader.set(classLoader)) {
      backend.close();
    } catch (Throwable failure) {
      log.warn("A backend of provider {}, opened too late, cannot close", className(), failure);
    }
  }

  private Backend open(Provider<?, ?> provider, Record config, BackendContext context) {
    // The type was checked by the caller, with the class that the provider itself named.
    @SuppressWarnings("unchecked")
    Provider<Record, Backend> typed = (Provider<Record, Backend>) provider;
    Backend backend;
    try {
      backend = typed.open(config, context);
    } catch (IllegalArgumentException refused) {
      String message = refused.getMessage();
      if (message == null || message.isBlank()) {
        throw failed("opening a backend failed", refused);
      }
      throw new IllegalArgumentException(message);
    } catch (Throwable failure) {
      throw failed("opening a backend failed", failure);
    }
    if (!kind.backendType().isInstance(backend)) {
      throw unusable(
          "it opened no %s. The plugin's authors must correct that."
              .formatted(kind.backendType().getSimpleName()));
    }
    return backend;
  }

  private Provider<?, ?> construct() {
    try {
      return constructor.get();
    } catch (ServiceConfigurationError wrapper) {
      Throwable cause = wrapper.getCause();
      throw failed("it cannot be constructed", cause == null ? wrapper : cause);
    } catch (Throwable failure) {
      throw failed("it cannot be constructed", failure);
    }
  }

  private Class<? extends Record> configType(Provider<?, ?> provider) {
    Class<? extends Record> type;
    try {
      type = provider.configType();
      if (type != null && type.isRecord()) {
        // Finds missing classes here, where the plugin can be blamed, and not when it is bound.
        var _ = type.getRecordComponents();
        return type;
      }
    } catch (Throwable failure) {
      throw failed("it cannot tell its configuration type", failure);
    }
    throw unusable(
        "its configuration type (%s) is no record. The plugin's authors must correct that."
            .formatted(type));
  }

  private PluginException failed(String step, Throwable failure) {
    if (failure instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
      throw fatal;
    }
    log.error("Provider {} of plugin '{}': {}", className(), pluginName, step, failure);
    return unusable(step + ": " + FailureText.of(failure));
  }

  private PluginException unusable(String reason) {
    return new PluginException(
        "Provider %s of plugin '%s' cannot be used: %s".formatted(className(), pluginName, reason));
  }
}
