package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {

  record Target(String name, Optional<Secret> key) {}

  record Config(
      @Default("https://api.openai.com") URI baseUrl,
      @Default("yes") String greeting,
      @Default("[a, b]") List<String> tags,
      Optional<Secret> apiKey,
      Map<String, String> headers,
      List<Target> targets,
      Optional<String> certificate,
      @Default("1024") int maxTokens) {}

  private static final String TEXT =
      """
      auth: {backend: api_key, api_keys: [{key: sk-caller, scopes: [admin, "on"]}]}
      providers:
        llm:
          default: a b
          backends:
            a b:
              backend: openai
              config:
                base_url: http://user:sk-url@host:1/v1
                api_key: ${KEY}
                headers: {X-Team: "é $HOME 1: #2", Authorization: "Bearer ${KEY}", empty: ""}
                targets: [{name: "010", key: sk-nested}, {name: 'multi

                    line'}]
                certificate: "${file:certificate}"
            unset: {backend: openai, config: {api_key: "${NOT_SET}"}}
            stranger: {backend: unknown, config: {anything: sk-unknown, deep: [{a: sk-deep}]}, max_concurrent: 5, circuit_breaker: {enabled: no}}
          routes:
            smart: {targets: [{backend: a b, model: "1", weight: 9}, {backend: unset}]}
      """;

  private static String printed(GatewayConfig config) {
    return EffectiveConfig.print(
        config, b -> b.provider().equals("openai") ? Optional.of(Config.class) : Optional.empty());
  }

  private static GatewayConfig config(Path directory) throws IOException {
    Files.writeString(directory.resolve("certificate"), "sk-from-file");
    Map<String, String> environment = Map.of("KEY", "sk-environment", "HOME", "/home/$HOME");
    LoadedConfig loaded = ConfigLoader.parse(TEXT, "gateway.yaml", environment, directory);
    return loaded.config().orElseThrow(() -> new AssertionError(loaded.problems().report()));
  }

  @Test
  void secretsAreMaskedAndDefaultsArePutIn(@TempDir Path directory) throws IOException {
    assertThat(printed(config(directory)))
        .isEqualTo(
            """
            server:
              host: "127.0.0.1"
              port: 8000
              max_request_size: 32MB
              max_concurrent_requests: 10000
              allow_anonymous: false
              keep_alive: 15s
              stop_timeout: 30s
              tool_events: auto
              close_python_connections: true
              mode: lenient
            auth:
              backend: api_key
              api_keys:
                - key: "********"
                  principal_id: api-key-1
                  principal_type: user
                  groups: []
                  scopes: [admin, "on"]
            allow_server_credentials: never
            cors_origins: ["*"]
            log_level: info
            logging:
              format: text
              sanitize: true
            providers:
              llm:
                default: "a b"
                backends:
                  "a b":
                    backend: openai
                    config:
                      base_url: "http://********@host:1/v1"
                      greeting: "yes"
                      tags: [a, b]
                      api_key: "********"
                      headers:
                        X-Team: "é /home/\\u0024HOME 1: #2"
                        Authorization: "********"
                        empty: ""
                      targets:
                        - name: "010"
                          key: "********"
                        - name: "multi\\u000Aline"
                      certificate: "********"
                      max_tokens: 1024
                    timeouts:
                      connect: 5s
                      first_event: 1m
                      idle: 1m
                      total: 10m
                    retry:
                      max_attempts: 2
                      base_delay: 500ms
                      max_delay: 10s
                    circuit_breaker:
                      enabled: true
                      failure_rate: 80
                      minimum_calls: 20
                      window: 30s
                      open_for: 10s
                      probes: 3
                  unset:
                    backend: openai
                    config:
                      base_url: "https://api.openai.com"
                      greeting: "yes"
                      tags: [a, b]
                      api_key: "${NOT_SET}"
                      max_tokens: 1024
                    timeouts:
                      connect: 5s
                      first_event: 1m
                      idle: 1m
                      total: 10m
                    retry:
                      max_attempts: 2
                      base_delay: 500ms
                      max_delay: 10s
                    circuit_breaker:
                      enabled: true
                      failure_rate: 80
                      minimum_calls: 20
                      window: 30s
                      open_for: 10s
                      probes: 3
                  stranger:
                    backend: unknown
                    config:
                      anything: "********"
                      deep:
                        - a: "********"
                    timeouts:
                      connect: 5s
                      first_event: 1m
                      idle: 1m
                      total: 10m
                    retry:
                      max_attempts: 2
                      base_delay: 500ms
                      max_delay: 10s
                    max_concurrent: 5
                    max_queued: 100
                    max_queue_wait: 10s
                    circuit_breaker:
                      enabled: false
                routes:
                  smart:
                    targets:
                      - backend: "a b"
                        model: "1"
                        weight: 9
                      - backend: unset
                    fallback: true
            """);
  }

  @Test
  void whatIsPrintedLoadsAndPrintsTheSame(@TempDir Path directory) throws IOException {
    String first = printed(config(directory));
    String second = printed(Configs.valid(first, Map.of("HOME", "elsewhere")));

    assertThat(second).isEqualTo(first);
  }
}
