package io.agenticprimitives.gateway.server.cli;

import io.agenticprimitives.gateway.core.config.KeyDescription;
import io.agenticprimitives.gateway.core.config.RecordBinder;
import io.agenticprimitives.gateway.core.plugin.InstalledProvider;
import io.agenticprimitives.gateway.core.plugin.PluginDescription;
import io.agenticprimitives.gateway.core.plugin.PluginException;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.server.logging.LoggingSetup;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gateway plugins`: lists what is installed.
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = "Lists the installed plugins: providers, their keys, defaults and meanings.")
final class PluginsCommand implements Callable<Integer> {
  @Mixin private PluginsOption pluginsOption = new PluginsOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    LoggingSetup.keepOutOfTheWay();
    PrintWriter out = spec.commandLine().getOut();
    try (Plugins plugins = pluginsOption.load()) {
      for (PluginDescription plugin : plugins.descriptions()) {
        print(plugin, plugins, out);
      }
      if (plugins.descriptions().isEmpty()) {
        out.println("No plugins are installed.");
      }
    }
    return ExitCode.OK;
  }

  private static void print(PluginDescription plugin, Plugins plugins, PrintWriter out) {
    out.printf("%s %s (%s)%n", plugin.name(), plugin.version(), plugin.origin());
    plugin.fault().ifPresent(fault -> out.printf("  FAULT: %s%n", fault));
    for (String className : plugin.providers()) {
      InstalledProvider provider = plugins.find(className);
      out.printf("  %s (%s)%n", className, provider.primitive());
      provider.aliases().forEach(alias -> out.printf("    also: %s%n", alias));
      printKeys(provider, out);
    }
    out.println();
  }

  private static void printKeys(InstalledProvider provider, PrintWriter out) {
    try {
      for (KeyDescription key : RecordBinder.describe(provider.configType())) {
        out.printf("    %s (%s%s)%n", key.key(), key.type(), necessity(key));
        if (!key.doc().isEmpty()) {
          out.printf("        %s%n", key.doc());
        }
      }
    } catch (PluginException fault) {
      out.printf("    FAULT: %s%n", fault.getMessage());
    }
  }

  private static String necessity(KeyDescription key) {
    if (key.required()) {
      return ", required";
    }
    return key.defaultValue().map(value -> ", default " + value).orElse("");
  }
}
