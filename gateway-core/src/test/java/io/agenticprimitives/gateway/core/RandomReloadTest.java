package io.agenticprimitives.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.pipeline.Calls;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever calls begin before, while and after configurations are replaced: none fails because of
/// it, and each backend ends once, after its last call.
class RandomReloadTest {
  private static final int CALLERS = 6;
  private static final int RELOADS = 80;

  @TempDir Path directory;
  private final List<TrackedBackend> opened = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final Semaphore callsMade = new Semaphore(0);
  private volatile boolean over;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noCallFailsAndEachBackendEndsOnceAfterItsLastCall(long seed) throws Exception {
    try (SharedBackends _ =
            new SharedBackends(
                directory,
                text -> {
                  TrackedBackend backend = new TrackedBackend(text, faults);
                  opened.add(backend);
                  return backend;
                });
        Plugins plugins = Plugins.load(directory)) {
      Random random = new Random(seed);
      LoadedConfig first = load(random);
      Gateway gateway =
          Gateway.open(first.config().orElseThrow(), plugins, first.problems()).orElseThrow();
      run(gateway, plugins, random);
      gateway.close();
      for (TrackedBackend backend : opened) {
        assertThat(backend.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(backend.ends()).isEqualTo(1);
      }
      assertThat(faults).isEmpty();
      assertThat(opened).as("some were replaced").hasSizeGreaterThan(10);
    }
  }

  private void run(Gateway gateway, Plugins plugins, Random random) throws Exception {
    over = false;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Random own = new Random(random.nextLong());
        callers.add(executor.submit(() -> callUntilOver(gateway, own)));
      }
      for (int i = 0; i < RELOADS; i++) {
        LoadedConfig next = load(random);
        assertThat(gateway.reload(next.config().orElseThrow(), plugins, next.problems()))
            .as(next.problems().report())
            .isPresent();
        assertThat(callsMade.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      }
      over = true;
      for (Future<Integer> caller : callers) {
        assertThat(caller.get(30, TimeUnit.SECONDS)).isPositive();
      }
    }
  }

  /// Backends whose texts, and so whose lives, change at random.
  private static LoadedConfig load(Random random) {
    String yaml =
        """
        providers:
          llm:
            default: a
            backends:
              a: {backend: %1$s, config: {text: a%2$d}}
              b: {backend: %1$s, config: {text: b%3$d}}
            routes:
              r: {targets: [{backend: a, weight: 1}, {backend: b, weight: 1}]}
        """
            .formatted(SharedBackends.PROVIDER, random.nextInt(3), random.nextInt(2));
    return ConfigLoader.parse(yaml, "test.yaml", Map.of(), Path.of(""));
  }

  private int callUntilOver(Gateway gateway, Random random) {
    int calls = 0;
    do {
      CallOptions options = CallOptions.of("r");
      switch (random.nextInt(6)) {
        case 0 -> assertThat(gateway.allModels(options).missing()).isEmpty();
        case 1 -> assertThat(gateway.models(options).models()).isNotEmpty();
        case 2 -> assertThat(gateway.readiness().ready()).isTrue();
        case 3 -> embed(gateway, options);
        case 4 -> complete(gateway, options, "a/m");
        default -> complete(gateway, options, "r");
      }
      calls++;
      callsMade.release();
    } while (!over);
    return calls;
  }

  private static void complete(Gateway gateway, CallOptions options, String model) {
    var request = Calls.request(Delivery.STREAMED).withModel(model);
    try (BackendCall call = gateway.complete(request, options)) {
      assertThat(Completion.of(call).text()).isNotEmpty();
    }
  }

  private static void embed(Gateway gateway, CallOptions options) {
    EmbeddingRequest request =
        new EmbeddingRequest("m", List.of(), OptionalInt.empty(), false, Extras.NONE);
    try (EmbeddingsCall call = gateway.embed(request, options)) {
      assertThat(call.await().model()).isEqualTo("m");
    }
  }
}
