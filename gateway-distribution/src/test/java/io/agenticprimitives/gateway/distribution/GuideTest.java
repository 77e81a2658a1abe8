package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the guide for authors of plugins do what it says, as they stand there, in an
/// empty directory.
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GuideTest {
  private static final Path GUIDE = StrangersMaven.ROOT.resolve("docs/plugin-author-guide.md");
  private static final Pattern COMMANDS =
      Pattern.compile("<!-- run -->\n```sh\n(.*?)```\n", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void itsCommandsWork() throws Exception {
    String script =
        COMMANDS
            .matcher(Files.readString(GUIDE))
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("", "set -e\n", "wait\n"));
    Path home = directory.resolve("gateway");
    copy(GatewayProcess.DISTRIBUTION, home);
    StrangersMaven maven = new StrangersMaven(directory);
    Path work = Files.createDirectory(directory.resolve("work"));
    ProcessBuilder shell = StrangersMaven.prepared(List.of("bash", "-c", script), work);
    shell.environment().put("GATEWAY", home.toString());
    shell.environment().put("PORT", Integer.toString(freePort()));
    shell.environment().merge("PATH", maven.bin().toString(), (path, ours) -> ours + ":" + path);

    String said = StrangersMaven.runToEnd(shell, directory.resolve("output"));

    assertThat(said)
        .contains("greeting is ready. Next: cd greeting && mvn verify")
        .contains("com.example.greeting.GreetingProvider (llm)")
        .containsSubsequence("Good day", "opened [default], closed [default]", "Good day!")
        .contains("stopped");
    assertThat(work.resolve("greeting/target/failsafe-reports"))
        .isDirectoryContaining("glob:**.xml");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
