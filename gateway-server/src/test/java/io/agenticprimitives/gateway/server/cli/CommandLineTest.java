package io.agenticprimitives.gateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.server.testing.LogLines;
import io.agenticprimitives.gateway.server.testing.ScriptedPlugin;
import io.agenticprimitives.gateway.server.testing.StallingProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
  private static final String STALL = StallingProvider.class.getName();

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void restoreLog() {
    LogLines.restoreSetup();
  }

  private int run(String... arguments) {
    CommandLine line = GatewayCommand.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--plugins", ScriptedPlugin.directory().toString()));
    return line.execute(all.toArray(String[]::new));
  }

  private String file(String yaml) throws Exception {
    return Files.writeString(directory.resolve("test.yaml"), yaml).toString();
  }

  @Test
  void aDirectoryMayBeCalledLikeACommand() {
    CommandLine line = GatewayCommand.commandLine();
    line.setErr(new PrintWriter(err, true));
    String missing = directory.resolve("missing.yaml").toString();
    assertThat(line.execute("--plugins", "plugins", "--config", missing)).isEqualTo(2);
    assertThat(err.toString()).contains("missing.yaml").doesNotContain("Usage:");
  }

  @Test
  void checkSaysThatNothingIsWrongAndWhatThereIs() throws Exception {
    String file =
        file(
            """
            providers:
              llm:
                default: a
                backends:
                  a: {backend: %1$s}
                  b: {backend: %1$s, config: {key: "${NO_SUCH_VARIABLE}"}}
            """
                .formatted(STALL));
    assertThat(run("check", file)).isZero();
    assertThat(out.toString())
        .contains("llm/a: " + STALL)
        .contains("llm/b: not available: the environment variable NO_SUCH_VARIABLE is not set")
        .contains(file + ": nothing is wrong.");
  }

  @Test
  void checkSaysEverythingThatIsWrongAtOnce() throws Exception {
    String file =
        file(
            """
            servr: {}
            providers:
              llm:
                default: a
                backends:
                  a: {backend: %s, config: {wrod: x}}
                  b: {backend: no.such.Provider}
            """
                .formatted(STALL));
    assertThat(run("check", file)).isEqualTo(2);
    assertThat(err.toString())
        .contains("test.yaml:1", "servr", "did you mean server?")
        .contains("test.yaml:6", "wrod", "word")
        .contains("test.yaml:7", "no.such.Provider")
        .doesNotContain("Exception");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void configPrintsTheEffectiveConfigurationWithoutSecrets() throws Exception {
    String file =
        file("providers: {llm: {backend: %s, config: {key: sk-canary}}}".formatted(STALL));
    assertThat(run("config", file)).isZero();
    assertThat(out.toString())
        .contains("word: Hm", "key: \"********\"", "port: 8000")
        .doesNotContain("canary");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void configOfAWrongFileIsRefused() throws Exception {
    assertThat(run("config", file("servr: {}"))).isEqualTo(2);
    assertThat(err.toString()).contains("servr");
  }

  @Test
  void pluginsListsProvidersAndTheirKeys() {
    assertThat(run("plugins")).isZero();
    assertThat(out.toString())
        .contains("scripted ")
        .contains(STALL + " (llm)")
        .contains("word (text, default Hm)", "The one word.")
        .contains("key (secret)")
        .contains("key (text, required)");
  }

  @Test
  void aFileThatDoesNotExistIsSaid() {
    assertThat(run("check", "nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString()).startsWith("gateway: ").contains("nowhere.yaml");
    assertThat(run("--config", "nowhere.yaml")).isEqualTo(2);
  }

  @Test
  void aPluginsDirectoryThatDoesNotExistIsSaid() {
    CommandLine line = GatewayCommand.commandLine().setErr(new PrintWriter(err, true));
    assertThat(line.execute("plugins", "--plugins", directory.resolve("none").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).startsWith("gateway: There is no plugins directory");
  }

  @Test
  void aPublicAddressWithoutAuthenticationIsRefused() throws Exception {
    String file = file("providers: {llm: {backend: %s}}".formatted(STALL));
    assertThat(run("--config", file, "--host", "0.0.0.0")).isEqualTo(2);
    assertThat(err.toString()).contains("allow_anonymous");
  }

  @Test
  void aPortThatIsNoneIsRefused() throws Exception {
    String file = file("providers: {llm: {backend: %s}}".formatted(STALL));
    assertThat(run("--config", file, "--port", "70000")).isEqualTo(2);
    assertThat(err.toString()).contains("0 to 65535");
    assertThat(run("--config", file, "--port", "many")).isEqualTo(2);
  }

  @Test
  void aPortInUseIsSaidInASentence() throws Exception {
    try (ServerSocket used = new ServerSocket(0)) {
      String file = file("providers: {llm: {backend: %s}}".formatted(STALL));
      int port = used.getLocalPort();
      assertThat(run("--config", file, "--port", String.valueOf(port))).isEqualTo(1);
      assertThat(err.toString())
          .contains("port " + port + ": another process has that port")
          .doesNotContain("Exception");
    }
  }

  @Test
  void anUnknownOptionShowsTheUsage() {
    assertThat(run("--prot", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("--port=N");
  }
}
