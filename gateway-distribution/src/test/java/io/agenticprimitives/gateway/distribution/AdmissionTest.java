package io.agenticprimitives.gateway.distribution;

import static io.agenticprimitives.gateway.distribution.OpenAIScripts.GOOD;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.ask;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.asking;
import static io.agenticprimitives.gateway.distribution.OpenAIScripts.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.testkit.Gate;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The limit of a backend, the queue in front of it, and callers who leave while they wait.
class AdmissionTest {
  private static ModelServer upstream;
  private static GatewayProcess gateway;
  private static NativeClient client;
  private long asked;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    upstream = new ModelServer();
    gateway =
        GatewayProcess.startWith(
            directory,
            """
            providers:
              llm:
                backend: io.agenticprimitives.gateway.provider.openai.OpenAICompatibleProvider
                config: {base_url: "%s"}
                max_concurrent: 1
                max_queued: 1
                max_queue_wait: 1m
            """
                .formatted(upstream.uri()));
    client = new NativeClient(gateway.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void count() {
    asked = upstream.asked();
  }

  @AfterEach
  void nothingIsKept() {
    await(() -> load("in_flight") == 0 && load("queued") == 0);
    assertThat(upstream.failures()).isEmpty();
  }

  private static int load(String key) {
    return NativeClient.json(client.get("/api/v1/providers/status").body())
        .path("load")
        .path("llm/default")
        .path(key)
        .asInt(-1);
  }

  private static Future<HttpResponse<String>> streaming() {
    return CompletableFuture.supplyAsync(() -> client.stream(ask("m")));
  }

  /// A call that has the only place until the gate opens.
  private Future<HttpResponse<String>> occupyUntil(Gate gate) {
    upstream.enqueue(Script.of(new Step.AwaitGate(gate)).then(GOOD.steps().toArray(Step[]::new)));
    Future<HttpResponse<String>> call = streaming();
    await(() -> upstream.asked() > asked);
    return call;
  }

  @Test
  void callsBeyondTheLimitWaitAndThoseBeyondTheQueueAreRefused() throws Exception {
    Gate gate = new Gate();
    Future<HttpResponse<String>> first = occupyUntil(gate);
    Future<HttpResponse<String>> second = streaming();
    await(() -> load("queued") == 1);

    HttpResponse<String> refused = client.stream(ask("m"));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("at its limit of 1 calls at once");
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.headers().firstValue("X-Gateway-Attempts").orElseThrow())
        .startsWith("default;shed;503;");

    upstream.enqueue(GOOD);
    gate.open();
    assertThat(Answer.streamed(first.get()).text()).isEqualTo("Hello");
    assertThat(Answer.streamed(second.get()).text()).isEqualTo("Hello");
    assertThat(upstream.asked() - asked).isEqualTo(2);
  }

  @Test
  void aCallerWhoLeavesTheQueueIsForgotten() throws Exception {
    Gate gate = new Gate();
    Future<HttpResponse<String>> first = occupyUntil(gate);
    try (Socket _ = asking(gateway.uri(), "m")) {
      await(() -> load("queued") == 1);
    }
    await(() -> load("queued") == 0);
    assertThat(load("in_flight")).isEqualTo(1);
    gate.open();
    assertThat(Answer.streamed(first.get()).text()).isEqualTo("Hello");
    assertThat(upstream.asked() - asked).isEqualTo(1);
  }

  @Test
  void aCallerWhoLeavesBetweenTwoAttemptsIsForgotten() throws Exception {
    upstream.enqueue(OpenAIScripts.later(503, 9));
    long left;
    try (Socket _ = asking(gateway.uri(), "waiting")) {
      await(() -> upstream.asked() > asked && load("in_flight") == 0);
      left = System.nanoTime();
    }
    await(() -> gateway.output().contains("model=waiting status=499 outcome=cancelled"));
    assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(2));
    assertThat(upstream.asked() - asked).isEqualTo(1);
  }
}
