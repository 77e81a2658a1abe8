package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs the gateway of a soak, and changes everything about it all the time: with each reload one
/// backend, with most a plugin.
final class SoakOperator implements AutoCloseable {
  static final String JAVA_OPTIONS = "-Xmx96m";
  private static final List<String> PLUGINS = List.of("echo", "openai-compatible", "bedrock");

  final OperatedGateway gateway;
  private final SoakUpstream openAi;
  private final SoakUpstream bedrock;
  private int reloads;
  private int plugins;
  private int renewals;

  SoakOperator(Path directory, SoakUpstream openAi, SoakUpstream bedrock) throws IOException {
    this.openAi = openAi;
    this.bedrock = bedrock;
    this.gateway =
        OperatedGateway.start(
            Map.of("GATEWAY_JAVA_OPTS", JAVA_OPTIONS),
            directory,
            yaml(),
            PLUGINS.toArray(String[]::new));
  }

  private String yaml() {
    return """
    admin: {port: 0}
    providers:
      llm:
        default: openai
        backends:
          openai: {backend: openai-compatible, config: {base_url: "%1$s"}, %3$s}
          changing: {backend: openai-compatible, config: {base_url: "%1$s", default_model: "m%2$d"}, %3$s}
          fragile:
            backend: openai-compatible
            config: {base_url: "%1$s"}
            timeouts: {first_event: 3s, idle: 10s, total: 30s}
            retry: {max_attempts: 1, base_delay: %5$dms}
            max_concurrent: 4
            max_queued: 4
            max_queue_wait: 200ms
            circuit_breaker: {failure_rate: 50, minimum_calls: 5, window: 5s, open_for: 2s}
          bedrock: {backend: bedrock, config: {endpoint_url: "%4$s", access_key_id: AKIASOAK, secret_access_key: secret-of-the-soak}, %3$s}
          echo: {backend: echo, config: {delay: 1ms}}
        routes:
          smart: {targets: [{backend: fragile, weight: 1}, {backend: bedrock, weight: 1}, {backend: echo}]}
          steady: {targets: [{backend: openai}, {backend: echo}]}
    """
        .formatted(openAi.server().uri(), reloads, policy(), bedrock.server().uri(), 20 + renewals);
  }

  private String policy() {
    return ("timeouts: {first_event: 20s, idle: 20s, total: 40s}, circuit_breaker: {enabled:"
            + " false}, retry: {max_attempts: 2, base_delay: %dms}")
        .formatted(20 + renewals);
  }

  /// Looks at what operators look at.
  void look() {
    assertThat(gateway.operator().get("/admin/config").statusCode()).isEqualTo(200);
    try (NativeClient client = gateway.caller()) {
      for (String path : List.of("/metrics", "/readyz", "/api/v1/providers/status", "/v1/models")) {
        assertThat(client.get(path).statusCode()).as(path).isEqualTo(200);
      }
    }
  }

  /// Changes the configuration, and replaces a plugin two times of three.
  void change() throws IOException, InterruptedException {
    reloads++;
    if (reloads % 10 == 0) {
      gateway.configure("providers: {llm: {default: nobody}}");
      assertThat(gateway.reload().statusCode()).isEqualTo(422);
    }
    gateway.configure(yaml());
    if (reloads % 3 != 0) {
      gateway.install(PLUGINS.get(plugins++ % PLUGINS.size()), "soak " + reloads);
    }
    if (reloads % 7 == 0) {
      gateway.process.signal("HUP");
    }
    HttpResponse<String> reloaded = gateway.reload();
    assertThat(reloaded.statusCode()).as(reloaded.body()).isEqualTo(200);
  }

  /// Replaces all backends with connections by others, which have none yet.
  void renew() throws IOException {
    renewals++;
    gateway.configure(yaml());
    assertThat(gateway.reload().statusCode()).isEqualTo(200);
  }

  int reloads() {
    return reloads;
  }

  /// How many plugins were replaced.
  int replacements() {
    return plugins;
  }

  int upstreamConnections() {
    return openAi.server().connectionsOpen() + bedrock.server().connectionsOpen();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
