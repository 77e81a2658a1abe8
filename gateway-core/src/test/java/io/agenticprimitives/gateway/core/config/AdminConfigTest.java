package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminConfigTest {
  private static LoadedConfig load(String block) {
    return ConfigLoader.parse("admin: {" + block + "}", "test.yaml", Map.of(), Path.of(""));
  }

  private static AdminConfig admin(String block) {
    LoadedConfig loaded = load(block);
    return loaded
        .config()
        .orElseThrow(() -> new AssertionError(loaded.problems().report()))
        .admin();
  }

  @Test
  void itIsOffUnlessAPortOrAKeyIsThere() {
    assertThat(admin("")).isEqualTo(AdminConfig.OFF);
    assertThat(AdminConfig.OFF.isOnMainPort()).isFalse();
    assertThat(admin("port: 8001").port()).contains(8001);
    assertThat(admin("port: 8001, key: k").isOnMainPort()).isFalse();
    assertThat(admin("key: k").isOnMainPort()).isTrue();
    assertThat(admin("port: 1, host: 0.0.0.0, key: k").host()).isEqualTo("0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 65536 | admin.port",
        "port: 1, host: 0.0.0.0 | configure admin.key",
        "port: 1, key: '' | the key is empty",
        "host: 127.0.0.1, key: k | only together with admin.port",
        "host: 127.0.0.1 | name a port of its own",
        "prot: 1 | unknown key",
      })
  void whatCannotBeMeantIsAProblem(String block, String message) {
    assertThat(load(block).problems().report()).contains(message);
    assertThat(load(block).config()).isEmpty();
  }
}
