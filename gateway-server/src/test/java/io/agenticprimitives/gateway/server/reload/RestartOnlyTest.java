package io.agenticprimitives.gateway.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.GatewayConfig;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.config.Problems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartOnlyTest {
  private static final String PUBLIC =
      """
      server: {host: 0.0.0.0}
      auth: {backend: api_key, api_keys: [{key: k}]}
      """;

  private static GatewayConfig config(String yaml) {
    LoadedConfig loaded = ConfigLoader.parse(yaml, "test.yaml", Map.of(), Path.of(""));
    return loaded.config().orElseThrow(() -> new AssertionError(loaded.problems().report()));
  }

  @Test
  void aFileThatWouldBeSafeAtItsOwnAddressMustNotOpenThePublicOne() {
    Problems problems = new Problems();

    RestartOnly.keep(config(PUBLIC), config("server: {host: 127.0.0.1}"), problems);

    assertThat(problems.report()).contains("auth", "listens at 0.0.0.0 until it is started again");
  }

  @Test
  void whatIsKeptIsWhatTheProcessHasAndTheRestIsNew() {
    Problems problems = new Problems();
    GatewayConfig running = config("server: {port: 1, max_request_size: 1MB}\nadmin: {port: 3}");
    GatewayConfig wanted =
        config("server: {port: 2, keep_alive: 1s, mode: strict}\nlog_level: debug");

    GatewayConfig kept = RestartOnly.keep(running, wanted, problems);

    assertThat(problems.isEmpty()).isTrue();
    assertThat(kept.server().port()).isEqualTo(1);
    assertThat(kept.server().maxRequestSize()).isEqualTo(1 << 20);
    assertThat(kept.server().strict()).isTrue();
    assertThat(kept.admin()).isEqualTo(running.admin());
    assertThat(kept.logging().level()).isEqualTo(wanted.logging().level());
    assertThat(RestartOnly.changes(running, wanted))
        .allMatch(text -> text.endsWith("when the gateway is started again"))
        .extracting(text -> text.substring(0, text.indexOf(' ')))
        .containsExactly("server.port", "server.max_request_size", "admin");
  }
}
