package io.agenticprimitives.gateway.server.reload;

import io.agenticprimitives.gateway.core.BackendChanges;
import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.EffectiveConfig;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.config.Problem;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.plugin.PluginChanges;
import io.agenticprimitives.gateway.core.plugin.PluginException;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration and the plugins again and lets the gateway go by them, if they can work.
/// It owns the gateway and its plugins. Thread-safe.
public final class Reloader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("gateway");

  private final ConfigSource source;
  private final Gateway gateway;
  private final Consumer<GatewayConfig> settings;
  private GatewayConfig serving;
  private Plugins plugins;
  private boolean closed;
  private volatile FileContent seen;
  private volatile Optional<String> fault = Optional.empty();

  /// @param serving what the gateway serves
  /// @param plugins with which it was opened
  /// @param settings takes what a configuration says beyond backends and routes
  public Reloader(
      ConfigSource source,
      GatewayConfig serving,
      Plugins plugins,
      Gateway gateway,
      Consumer<GatewayConfig> settings) {
    this.source = source;
    this.serving = serving;
    this.plugins = plugins;
    this.gateway = gateway;
    this.settings = settings;
    this.seen = content();
  }

  /// The gateway that is reloaded.
  public Gateway gateway() {
    return gateway;
  }

  /// Why the configuration that serves is not the one that was read last; empty if it is.
  public Optional<String> fault() {
    return fault;
  }

  /// What the file said when it was read last.
  FileContent seen() {
    return seen;
  }

  Optional<Path> file() {
    return source.file();
  }

  /// What the gateway goes by, as YAML, defaults put in and secrets masked.
  public synchronized String effectiveConfig() {
    Plugins installed = plugins;
    return EffectiveConfig.print(serving, backend -> installed.configType(backend.provider()));
  }

  /// Reads everything again. Whatever is wrong, what serves goes on serving.
  ///
  /// @param reason why, for the log
  public synchronized ReloadResult reload(String reason) {
    if (closed) {
      return refused(new Problems(), "", "the gateway is being stopped");
    }
    seen = content();
    Plugins next;
    try {
      next = plugins.reload();
    } catch (PluginException failure) {
      return told(refused(new Problems(), "plugins", String.valueOf(failure.getMessage())), reason);
    }
    ReloadResult result;
    try {
      result = reload(next);
    } catch (RuntimeException | LinkageError failure) {
      next.close();
      throw failure;
    }
    return told(result, reason);
  }

  private ReloadResult reload(Plugins next) {
    LoadedConfig loaded = source.load(next);
    Problems problems = loaded.problems();
    Optional<GatewayConfig> kept =
        loaded.config().map(wanted -> RestartOnly.keep(serving, wanted, problems));
    if (!problems.isEmpty()) {
      Gateway.check(loaded, next);
    }
    Optional<BackendChanges> backends =
        kept.filter(_ -> problems.isEmpty())
            .flatMap(config -> gateway.reload(config, next, problems));
    if (backends.isEmpty()) {
      next.close();
      return new ReloadResult.Refused(source.name(), problems.list(), problems.count());
    }
    GatewayConfig config = kept.orElseThrow();
    settings.accept(config);
    PluginChanges changes = next.changesSince(plugins);
    List<String> warnings =
        warnings(RestartOnly.changes(serving, loaded.config().orElseThrow()), changes, problems);
    plugins.close();
    plugins = next;
    serving = config;
    return new ReloadResult.Applied(backends.get(), changes, warnings);
  }

  private static List<String> warnings(
      List<String> waiting, PluginChanges plugins, Problems problems) {
    return Stream.of(
            problems.warnings().stream().map(Reloader::line),
            waiting.stream(),
            plugins.faults().stream())
        .flatMap(texts -> texts)
        .toList();
  }

  private ReloadResult.Refused refused(Problems problems, String path, String message) {
    problems.add(new Position(source.name(), 0), path, message);
    return new ReloadResult.Refused(source.name(), problems.list(), problems.count());
  }

  private ReloadResult told(ReloadResult result, String reason) {
    switch (result) {
      case ReloadResult.Applied applied -> {
        fault = Optional.empty();
        BackendChanges backends = applied.backends();
        log.info(
            "configuration read again ({}): carried over {}, opened {}, closed {}",
            reason,
            backends.carriedOver(),
            backends.opened(),
            backends.closed());
        applied.warnings().forEach(warning -> log.warn("{}", warning));
      }
      case ReloadResult.Refused refused -> {
        fault = Optional.of(refused.summary());
        log.error(
            "configuration read again ({}) and refused, {} problem(s); what served before goes on",
            reason,
            refused.count());
        refused.problems().forEach(problem -> log.error("{}", line(problem)));
      }
    }
    return result;
  }

  private static String line(Problem problem) {
    String path = problem.path().isEmpty() ? "" : " " + problem.path();
    return problem.place() + path + ": " + problem.message();
  }

  private FileContent content() {
    return source.file().map(FileContent::of).orElse(new FileContent("no file"));
  }

  /// Closes the gateway and its plugins; nothing is read any more.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      gateway.close();
      plugins.close();
    }
  }
}
