package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.BackendState;
import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.Problems;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.server.logging.LoggingSetup;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gateway check`: says everything that is wrong with a configuration, and starts nothing.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Says everything that is wrong with a configuration; starts nothing.")
final class CheckCommand implements Callable<Integer> {
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
    PrintWriter out = spec.commandLine().getOut();
    try (Plugins plugins = pluginsOption.load()) {
      Configuration configuration =
          Configuration.ofFile(file).orElseGet(() -> Configuration.quickStart(plugins));
      Problems problems = configuration.problems();
      Optional<Gateway> gateway =
          configuration.config().flatMap(c -> Gateway.open(c, plugins, problems));
      if (gateway.isEmpty()) {
        throw configuration.wrong(plugins);
      }
      out.print(problems.report());
      configuration.notes().forEach(out::println);
      try (Gateway opened = gateway.get()) {
        opened.backends().forEach(backend -> out.println(describe(backend)));
      }
      out.println(configuration.source() + ": nothing is wrong.");
      return ExitCode.OK;
    }
  }

  private static String describe(BackendState backend) {
    return "%s/%s: %s"
        .formatted(
            backend.primitive(),
            backend.name(),
            backend.available() ? backend.provider() : "not available: " + backend.reason());
  }
}
