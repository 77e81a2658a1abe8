package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @Test
  void allProblemsAreFoundAtOnceAndTheReportReadsWell() {
    LoadedConfig loaded =
        Configs.load(
            """
            prot: 9000
            server: {host: 0.0.0.0, mode: harsh}
            audit: {}
            providers:
              llm:
                default: opnai
                backends:
                  openai: {backend: x, confg: {}}
                  gpt-4.1: {backend: }
            """);

    assertThat(loaded.config()).isEmpty();
    assertThat(loaded.problems().report())
        .isEqualTo(
            """
            5 problems in the configuration:

              gateway.yaml:1  prot
                  unknown key; did you mean port?

              gateway.yaml:2  server.mode
                  expected one of lenient, strict, found the text 'harsh'

              gateway.yaml:6  providers.llm.default
                  there is no backend of this name: the text 'opnai'; did you mean openai?

              gateway.yaml:8  providers.llm.backends.openai.confg
                  unknown key; did you mean config?

              gateway.yaml:9  providers.llm.backends["gpt-4.1"].backend
                  this key is required: The class name or alias of the provider.

            1 warning in the configuration:

              gateway.yaml:3  audit
                  audit is not implemented by this gateway; the block is ignored
            """);
  }

  @Test
  void aFileIsLoadedWithPathsRelativeToIt(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("name"), "echo\n");
    Path file = directory.resolve("gateway.yaml");
    Files.writeString(file, "\uFEFFproviders: {llm: {backend: \"${file:name}\"}}");

    GatewayConfig config = ConfigLoader.load(file, Map.of()).config().orElseThrow();

    assertThat(config.source()).isEqualTo(file.toString());
    assertThat(Configs.backend(Configs.llm(config), "default").provider()).isEqualTo("echo");
  }

  @Test
  void aFileThatCannotBeReadIsAProblem(@TempDir Path directory) throws IOException {
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});

    assertThat(ConfigLoader.load(directory.resolve("none"), Map.of()).problems().report())
        .contains("the file cannot be read: there is no such file");
    assertThat(ConfigLoader.load(directory, Map.of()).problems().report())
        .contains("this is a directory, not a file");
    assertThat(ConfigLoader.load(binary, Map.of()).problems().report())
        .contains("the file cannot be read: it is not text in UTF-8");
  }
}
