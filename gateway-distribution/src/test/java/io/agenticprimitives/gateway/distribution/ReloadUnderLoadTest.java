package io.agenticprimitives.gateway.distribution;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Configurations and plugins change all the time, and no call notices. A minute of it:
/// `-Dreload.seconds=60`.
class ReloadUnderLoadTest {
  private static final int CLIENTS = 8;
  private static final Duration PERIOD = Duration.ofMillis(300);
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("reload.seconds", 10));
  private static final String WORDS = "one two three four five six seven eight nine ten";
  private static final String BODY =
      "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"" + WORDS + "\"}]}";

  @TempDir Path directory;
  private final CountDownLatch over = new CountDownLatch(1);

  private static String yaml(ScriptedUpstream upstream, int round) {
    return """
    server: {stop_timeout: 20s}
    admin: {port: 0}
    providers:
      llm:
        default: paced
        backends:
          paced: {backend: echo, config: {delay: 20ms}}
          changing: {backend: echo, config: {delay: 10ms, default_model: "m%d"}}
          steady: {backend: openai-compatible, config: {base_url: "%s", default_model: m}}
        routes:
          any: {targets: [{backend: paced, weight: 1}, {backend: changing, weight: 1}]}
    """
        .formatted(round, upstream.uri());
  }

  @Test
  void noCallFailsWhileConfigurationsAndPluginsAreReplaced() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.start().onRequest(_ -> answer());
        OperatedGateway gateway =
            OperatedGateway.start(directory, yaml(upstream, 0), "echo", "openai-compatible");
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(i);
        clients.add(executor.submit(() -> callUntilOver(gateway, random)));
      }
      int rounds;
      try {
        rounds = reloadForAWhile(gateway, upstream);
      } finally {
        over.countDown();
      }
      int calls = 0;
      for (Future<Integer> client : clients) {
        calls += client.get(60, TimeUnit.SECONDS);
      }
      assertThat(calls).isGreaterThan(rounds);
      assertThat(gateway.process.output()).doesNotContain("ERROR");
      awaitOnlyTheLastPlugins(gateway);
      assertThat(gateway.process.stop()).isZero();
    }
  }

  /// The last backends of replaced plugins close on threads of their own.
  private static void awaitOnlyTheLastPlugins(OperatedGateway gateway) throws IOException {
    if (!OS.LINUX.isCurrentOs()) {
      return;
    }
    String process = Long.toString(gateway.process.process().pid());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    Set<String> open;
    do {
      assertThat(gateway.operator().get("/admin/config").statusCode()).isEqualTo(200);
      open =
          PluginJars.open(process).stream()
              .map(jar -> String.valueOf(jar.getParent()))
              .collect(toSet());
    } while (open.size() > 2 && System.nanoTime() < end);
    assertThat(open).as("plugins that are loaded").hasSizeLessThanOrEqualTo(2);
  }

  private static Script answer() {
    return Script.sse(
        "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + WORDS + "\"}}]}",
        "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
        "[DONE]");
  }

  private int reloadForAWhile(OperatedGateway gateway, ScriptedUpstream upstream) throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    int round = 0;
    while (!over.await(PERIOD.toNanos(), TimeUnit.NANOSECONDS) && System.nanoTime() < end) {
      round++;
      gateway.configure(yaml(upstream, round));
      assertThat(OperatedGateway.texts(reload(gateway), "backends", "carried_over"))
          .containsExactly("paced", "steady");
      gateway.install("echo", "round " + round);
      HttpResponse<String> replaced = reload(gateway);
      assertThat(OperatedGateway.texts(replaced, "plugins", "replaced")).containsExactly("echo");
      assertThat(OperatedGateway.texts(replaced, "backends", "carried_over"))
          .containsExactly("steady");
      if (round % 5 == 0) {
        gateway.process.signal("HUP");
      }
    }
    return round;
  }

  private static HttpResponse<String> reload(OperatedGateway gateway) {
    HttpResponse<String> answer = gateway.reload();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private int callUntilOver(OperatedGateway gateway, Random random) {
    int calls = 0;
    try (NativeClient client = gateway.caller()) {
      while (over.getCount() > 0) {
        String model =
            List.of("", "any", "changing/", "steady/m", "paced/p").get(random.nextInt(5));
        boolean whole = random.nextInt(4) == 0;
        String body = BODY.formatted(model);
        Answer answer =
            whole ? Answer.whole(client.complete(body)) : Answer.streamed(client.stream(body));
        assertThat(answer.errorStatus()).as(answer.errorDetail()).isZero();
        assertThat(answer.text()).isEqualTo(WORDS);
        assertThat(answer.stopReason().asText()).isEqualTo("end_turn");
        calls++;
      }
    }
    return calls;
  }
}
