package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLocationTest {
  @TempDir private Path directory;

  private Optional<Path> find(String option, String variable) {
    return ConfigLocation.find(
        Optional.of(option).filter(o -> !o.isEmpty()),
        Map.of(ConfigLocation.VARIABLE, variable),
        directory);
  }

  @Test
  void theOptionGoesBeforeTheVariableBeforeTheDefaultName() throws IOException {
    assertThat(find("", "")).isEmpty();

    Path standard = Files.createFile(directory.resolve("gateway.yaml"));
    Path a = Files.createFile(directory.resolve("a.yaml"));
    Path b = Files.createFile(directory.resolve("b.yaml"));

    assertThat(find("", "")).contains(standard);
    assertThat(find("", "b.yaml")).contains(b);
    assertThat(find("a.yaml", "b.yaml")).contains(a);
    assertThat(find(a.toString(), "")).contains(a);
  }

  @Test
  void aNamedFileThatDoesNotExistIsAnError() throws IOException {
    Files.createFile(directory.resolve("gateway.yaml"));

    assertThatThrownBy(() -> find("none.yaml", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--config names the file 'none.yaml', which does not exist; name an existing file");
    assertThatThrownBy(() -> find("", "none.yaml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "AGENTIC_PRIMITIVES_GATEWAY_CONFIG_FILE names the file 'none.yaml'");
    assertThatThrownBy(() -> find(".", "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> find("\0", "")).isInstanceOf(IllegalArgumentException.class);
  }
}
