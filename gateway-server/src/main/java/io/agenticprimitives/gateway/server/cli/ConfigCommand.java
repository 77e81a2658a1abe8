package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.config.EffectiveConfig;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.server.logging.LoggingSetup;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gateway config`: prints what a configuration amounts to.
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Prints what a configuration amounts to, defaults put in and secrets masked.")
final class ConfigCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The configuration; by default the one that would be served.")
  private Optional<String> file = Optional.empty();

  @Mixin private PluginsOption pluginsOption = new PluginsOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    LoggingSetup.keepOutOfTheWay();
    try (Plugins plugins = pluginsOption.load()) {
      Configuration configuration =
          Configuration.ofFile(file).orElseGet(() -> Configuration.quickStart(plugins));
      GatewayConfig config = configuration.config().orElseThrow(() -> configuration.wrong(plugins));
      spec.commandLine()
          .getOut()
          .print(EffectiveConfig.print(config, backend -> plugins.configType(backend.provider())));
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    }
  }
}
