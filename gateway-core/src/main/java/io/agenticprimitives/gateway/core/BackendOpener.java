package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.core.LlmServices.Slot;
import io.agenticprimitives.gateway.core.config.BackendConfig;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.PrimitiveConfig;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.config.RecordBinder;
import io.agenticprimitives.gateway.core.pipeline.DeadlineTimer;
import io.agenticprimitives.gateway.core.pipeline.PluginBoundary;
import io.agenticprimitives.gateway.core.plugin.InstalledProvider;
import io.agenticprimitives.gateway.core.plugin.PluginException;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.core.plugin.UnknownProviderException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Turns configured backends into live ones.
final class BackendOpener {
  private final Plugins plugins;
  private final Problems problems;
  private final DeadlineTimer timer;

  BackendOpener(Plugins plugins, Problems problems, DeadlineTimer timer) {
    this.plugins = plugins;
    this.problems = problems;
    this.timer = timer;
  }

  LlmServices open(GatewayConfig config, PrimitiveConfig llm) {
    Map<String, Slot> slots = new LinkedHashMap<>();
    for (BackendConfig backend : llm.backends().values()) {
      boolean isDefault = backend.name().equals(llm.defaultBackend());
      open(backend, config.serverCredentials(), isDefault)
          .ifPresent(slot -> slots.put(backend.name(), slot));
    }
    return new LlmServices(llm.defaultBackend(), slots, llm.routes());
  }

  /// Adds what is wrong with backends that cannot be opened, because something else is wrong.
  static void check(List<BackendConfig> backends, Plugins plugins, Problems problems) {
    for (BackendConfig backend : backends) {
      try {
        Problems own = new Problems();
        Optional<? extends Record> record = bind(backend, provider(backend, plugins), own);
        if (record.isEmpty() && !own.onlyUnsetVariables()) {
          problems.addAll(own);
        }
      } catch (UnknownProviderException | PluginException | IllegalArgumentException fault) {
        problems.add(backend.position(), backend.path(), String.valueOf(fault.getMessage()));
      }
    }
  }

  private static InstalledProvider provider(BackendConfig config, Plugins plugins) {
    InstalledProvider provider = plugins.find(config.provider());
    if (!provider.primitive().equals("llm")) {
      throw new IllegalArgumentException(
          "%s is a provider of %s, not of llm"
              .formatted(provider.className(), provider.primitive()));
    }
    return provider;
  }

  private static Optional<? extends Record> bind(
      BackendConfig config, InstalledProvider provider, Problems own) {
    return RecordBinder.bind(config.config(), provider.configType(), config.configPath(), own);
  }

  /// Empty if there is a problem that stops the start.
  private Optional<Slot> open(
      BackendConfig config, ServerCredentials credentials, boolean isDefault) {
    try {
      InstalledProvider provider = provider(config, plugins);
      Problems own = new Problems();
      Optional<? extends Record> record = bind(config, provider, own);
      if (record.isPresent()) {
        return Optional.of(new Slot.Open(service(config, provider, record.get(), credentials)));
      }
      if (own.onlyUnsetVariables() && !isDefault) {
        return Optional.of(new Slot.Unavailable(config.provider(), reasonOf(own)));
      }
      problems.addAll(own);
    } catch (UnknownProviderException | PluginException | IllegalArgumentException fault) {
      problems.add(config.position(), config.path(), String.valueOf(fault.getMessage()));
    }
    return Optional.empty();
  }

  private LlmService service(
      BackendConfig config,
      InstalledProvider provider,
      Record record,
      ServerCredentials credentials) {
    Context context = new Context(config.name(), config.policy().timeouts().connect(), credentials);
    LlmBackend backend = (LlmBackend) provider.open(record, context);
    return new LlmService(
        config.name(),
        provider.typeName(),
        provider.className(),
        config.policy(),
        new PluginBoundary(config.name(), backend, provider.classLoader()),
        timer,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  private static String reasonOf(Problems unset) {
    return "the environment variable "
        + String.join(", ", unset.unsetVariables())
        + " is not set. Set it and start the gateway again.";
  }

  private record Context(
      String backendName, Duration connectTimeout, ServerCredentials serverCredentials)
      implements BackendContext {}
}
