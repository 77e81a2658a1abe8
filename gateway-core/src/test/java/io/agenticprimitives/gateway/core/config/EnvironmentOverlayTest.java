package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentOverlayTest {
  private static final String PREFIX = "AGENTIC_PRIMITIVES_GATEWAY_";

  @Test
  void variablesFillKeysThatTheFileLacks() {
    GatewayConfig config =
        Configs.valid(
            "providers: {llm: {backend: echo, config: {a: file}}}\nserver: {mode: strict}\n",
            Map.of(
                PREFIX + "SERVER__PORT", "9000",
                PREFIX + "SERVER__MODE", "lenient",
                PREFIX + "LOG_LEVEL", "debug",
                PREFIX + "CORS_ORIGINS", "[\"https://a.example\"]",
                PREFIX + "AUTH", "{\"backend\": \"api_key\", \"api_keys\": [{\"key\": \"$k\"}]}",
                PREFIX + "PROVIDERS__LLM__CONFIG__B", "environment"));

    assertThat(config.server().port()).isEqualTo(9000);
    assertThat(config.server().strict()).isTrue();
    assertThat(config.logging().level()).isEqualTo(LoggingConfig.Level.DEBUG);
    assertThat(config.cors().origins()).containsExactly("https://a.example");
    assertThat(config.auth().apiKeys().getFirst().key().value()).isEqualTo("$k");
    assertThat(Configs.backend(Configs.llm(config), "default").config().keys())
        .containsExactly("a", "b");
  }

  @Test
  void theFileWinsAlsoWhereItHasTheKeyAtTheTop() {
    Map<String, String> environment =
        Map.of(PREFIX + "SERVER__PORT", "1", PREFIX + "PORT", "2", PREFIX + "SERVER__HOST", "::1");

    assertThat(Configs.valid("port: 9000", environment).server().port()).isEqualTo(9000);
    assertThat(Configs.valid("server: {port: 9000}", environment).server().port()).isEqualTo(9000);
    assertThat(Configs.valid("log_level: info", environment).server().host()).isEqualTo("::1");
  }

  @Test
  void problemsNameTheVariableAndNotItsValue() {
    Problems problems =
        Configs.load(
                "log_level: info",
                Map.of(PREFIX + "SERVER__PORT", "sk-secret", PREFIX + "AUDT", "x"))
            .problems();

    assertThat(problems.report())
        .isEqualTo(
            """
            1 problem in the configuration:

              environment variable AGENTIC_PRIMITIVES_GATEWAY_SERVER__PORT  server.port
                  expected a whole number of at most 2147483647, found the value of environment variable AGENTIC_PRIMITIVES_GATEWAY_SERVER__PORT

            1 warning in the configuration:

              environment variable AGENTIC_PRIMITIVES_GATEWAY_AUDT  audt
                  unknown key; ignored; did you mean audit?
            """);
  }

  @Test
  void whatKubernetesSetsForAServiceOfThatNameIsIgnored() {
    LoadedConfig loaded =
        Configs.load(
            Configs.MINIMAL,
            Map.of(
                PREFIX + "PORT", "tcp://10.96.0.1:8000",
                PREFIX + "SERVICE_HOST", "10.96.0.1",
                PREFIX + "SERVICE_PORT_HTTP", "8000",
                PREFIX + "PORT_8000_TCP_ADDR", "10.96.0.1",
                PREFIX + "CONFIG_FILE", "gateway.yaml"));

    assertThat(loaded.problems().report()).isEmpty();
    assertThat(loaded.config().orElseThrow().server().port()).isEqualTo(8000);
  }

  @Test
  void hostileVariablesAreProblemsAtMost() {
    String deep = PREFIX + "SERVER" + "__A".repeat(50_000);
    LoadedConfig loaded =
        Configs.load(
            Configs.MINIMAL,
            Map.of(deep, "x", PREFIX + "AUTH", "{\u0000", PREFIX + "LOGGING", "[}", PREFIX, "x"));

    assertThat(loaded.config()).isEmpty();
    assertThat(loaded.problems().count()).isEqualTo(2);
  }
}
