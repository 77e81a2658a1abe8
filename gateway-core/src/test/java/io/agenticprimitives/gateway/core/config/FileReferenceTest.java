package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReferenceTest {
  @Test
  void aFileIsReadWithoutTheNewlineAtItsEnd(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("key"), "sk: #1\n\n");
    Problems problems = new Problems();
    Mapping root =
        ConfigLoader.root(
                "a: ${file:key}\nb: \"${file:" + directory + "/key}\"\nc: ${file:${DIR:-.}/key}\n",
                "f",
                Map.of(),
                directory,
                problems)
            .orElseThrow();

    assertThat(problems.report()).isEmpty();
    assertThat(Configs.scalar(root, "b").text()).isEqualTo("sk: #1\n");
    assertThat(Configs.scalar(root, "a").text()).isEqualTo("sk: #1");
    assertThat(Configs.scalar(root, "c").text()).isEqualTo("sk: #1");
  }

  @Test
  void aFileThatCannotBeReadIsAProblemAtItsKey(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.write(directory.resolve("large"), new byte[BoundedFile.LIMIT + 1]);
    String config =
        """
        providers:
          llm:
            backend: echo
            config:
              a: ${file:none}
              b: ["${file:binary}", "${file:large}", "${file:.}"]
        """;

    LoadedConfig loaded = ConfigLoader.parse(config, "f.yaml", Map.of(), directory);

    assertThat(Configs.shown(loaded.problems().list()))
        .containsExactly(
            "5: providers.llm.config.a: the file none cannot be read: there is no such file",
            "6: providers.llm.config.b[0]: the file binary cannot be read: it is not text in UTF-8",
            "6: providers.llm.config.b[1]: the file large cannot be read: it is larger than 1 MiB",
            "6: providers.llm.config.b[2]: the file . cannot be read: it cannot be opened as a"
                + " file");
  }
}
