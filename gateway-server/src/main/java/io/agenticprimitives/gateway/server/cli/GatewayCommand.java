package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.server.http.GatewayServer;
import io.agenticprimitives.gateway.server.http.LiveSettings;
import io.agenticprimitives.gateway.server.http.ServerStartException;
import io.agenticprimitives.gateway.server.logging.LoggingSetup;
import io.agenticprimitives.gateway.server.reload.ConfigWatch;
import io.agenticprimitives.gateway.server.reload.HangUp;
import io.agenticprimitives.gateway.server.reload.Reloader;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gateway`: serves until it is told to stop.
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Serves one stable API for language models.",
    footer = {
      "",
      "Without --config it takes $AGENTIC_PRIMITIVES_GATEWAY_CONFIG_FILE, else",
      "gateway.yaml in this directory, else what it finds on this machine.",
      "",
      "Exit codes: 0 stopped and all calls finished, 1 cannot run,",
      "2 the configuration is wrong, 3 stopped and some calls had to be ended."
    },
    subcommands = {
      CheckCommand.class,
      ConfigCommand.class,
      PluginsCommand.class,
      NewProviderCommand.class
    })
public final class GatewayCommand implements Callable<Integer> {
  /// Its lines appear at every level of the log.
  private static final Logger log = LoggerFactory.getLogger("gateway");

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration, a YAML file.")
  private Optional<String> file = Optional.empty();

  @Mixin private Overrides overrides = new Overrides();

  @Mixin private PluginsOption pluginsOption = new PluginsOption();

  /// Runs a command line to its end.
  ///
  /// @return the exit code of the process
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new GatewayCommand());
    // A directory may be called like a command: --plugins plugins.
    line.setAllowSubcommandsAsOptionParameters(true);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          if (failure instanceof CommandException told) {
            command.getErr().println("gateway: " + told.text());
            return told.exitCode();
          }
          throw failure;
        });
    return line;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Configuration> ofFile = Configuration.ofFile(file);
    ofFile
        .flatMap(Configuration::config)
        .map(GatewayConfig::logging)
        .ifPresent(LoggingSetup::apply);
    Plugins plugins = pluginsOption.load();
    try {
      serve(ofFile.orElseGet(() -> Configuration.quickStart(plugins)), plugins);
    } catch (RuntimeException failure) {
      plugins.close();
      throw failure;
    }
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  private void serve(Configuration configuration, Plugins plugins) {
    GatewayConfig config =
        configuration
            .config()
            .map(overrides::apply)
            .orElseThrow(() -> configuration.wrong(plugins));
    Problems problems = configuration.problems();
    Gateway gateway =
        Gateway.open(config, plugins, problems).orElseThrow(() -> configuration.wrong(plugins));
    LiveSettings settings = new LiveSettings(config);
    Reloader reloader =
        new Reloader(
            new StartedFrom(configuration, overrides),
            config,
            plugins,
            gateway,
            changed -> {
              settings.adopt(changed);
              LoggingSetup.changeLevel(changed.logging().level());
            });
    GatewayServer server = start(settings, reloader);
    ConfigWatch watch = ConfigWatch.start(reloader, ConfigWatch.INTERVAL);
    HangUp.handle(() -> reloader.reload("SIGHUP"));
    stopWhenAsked(server, watch, reloader);
    problems.warnings().forEach(w -> log.warn("{} {}: {}", w.place(), w.path(), w.message()));
    tell(configuration, config, gateway, server);
  }

  private static GatewayServer start(LiveSettings settings, Reloader reloader) {
    try {
      return GatewayServer.start(settings, reloader);
    } catch (ServerStartException failure) {
      reloader.close();
      throw new CommandException(ExitCode.FAILED, String.valueOf(failure.getMessage()));
    }
  }

  /// The end of the process comes as a signal. Only by halting can a hook choose the exit code.
  private static void stopWhenAsked(GatewayServer server, ConfigWatch watch, Reloader reloader) {
    Thread hook =
        new Thread(
            () -> {
              int code = ExitCode.FAILED;
              try {
                watch.close();
                code = stop(server);
                reloader.close();
              } finally {
                Runtime.getRuntime().halt(code);
              }
            },
            "gateway-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static int stop(GatewayServer server) {
    log.info("stopping; calls under way may finish");
    try {
      boolean drained = server.stop();
      log.info("stopped{}", drained ? "" : "; some calls had to be ended");
      return drained ? ExitCode.OK : ExitCode.CALLS_ENDED;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private static void tell(
      Configuration configuration, GatewayConfig config, Gateway gateway, GatewayServer server) {
    log.info("configuration: {}", configuration.source());
    configuration.notes().forEach(note -> log.info("  {}", note));
    gateway.backends().stream()
        .filter(backend -> !backend.available())
        .forEach(b -> log.warn("backend '{}' is not available: {}", b.name(), b.reason()));
    server
        .adminPort()
        .ifPresent(port -> log.info("admin on {}", ReadyLine.url(config.admin().host(), port)));
    log.info("{}", ReadyLine.of(config.server().host(), server.port(), gateway));
  }
}
