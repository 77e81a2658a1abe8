package io.agenticprimitives.gateway.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gateway new-provider`: begins a plugin.
@Command(
    name = "new-provider",
    mixinStandardHelpOptions = true,
    description = "Writes a Maven project with a provider that works and tests that pass.")
final class NewProviderCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  @Parameters(paramLabel = "NAME", description = "Its short name, 'greeting' for instance.")
  private String name = "";

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The Java package; by default com.example and the name.")
  private Optional<String> packageName = Optional.empty();

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      description = "Where to write it; by default the name, in this directory.")
  private Optional<Path> directory = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ProviderProject project =
        new ProviderProject(
            require(NAME, name, "NAME", "small letters and digits, with hyphens between words"),
            require(
                PACKAGE,
                packageName.orElse("com.example." + name.replace("-", "")),
                "--package",
                "a Java package such as com.example.greeting"));
    Path target = directory.orElse(Path.of(name));
    try {
      project.write(target);
    } catch (IOException failure) {
      throw new CommandException(
          ExitCode.FAILED, "%s cannot be written: %s".formatted(target, failure.getMessage()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s is ready. Next: cd %s && mvn verify%n", target, target);
    return ExitCode.OK;
  }

  private static String require(Pattern pattern, String value, String what, String form) {
    if (!pattern.matcher(value).matches()) {
      throw new CommandException(
          ExitCode.WRONG, "%s must be %s; '%s' is not.".formatted(what, form, value));
    }
    return value;
  }
}
