package io.agenticprimitives.gateway.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The plugins of the distribution, used as the gateway uses them, leave nothing behind: no class
/// loader, no thread, no open jar. Threads that libraries keep for a minute would fail this.
class PluginUnloadTest {
  private static final int TIMES = 20;
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Path PLUGINS = GatewayProcess.DISTRIBUTION.resolve("plugins");

  private static PluginUpstreams upstreams;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    upstreams = PluginUpstreams.start(directory);
  }

  @AfterAll
  static void stop() {
    upstreams.close();
  }

  @Test
  void classLoadersAreCollectedAndThreadsEnd() throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    Set<Reference<ClassLoader>> alive = new HashSet<>();
    for (int i = 0; i < TIMES; i++) {
      alive.addAll(useAndUnload(collected));
      assertThat(PluginThreads.leftAfter(SOON)).as("threads after round %d", i).isEmpty();
    }

    long deadline = System.nanoTime() + SOON.toNanos();
    while (!alive.isEmpty() && System.nanoTime() < deadline) {
      System.gc();
      for (var gone = collected.remove(200); gone != null; gone = collected.poll()) {
        alive.remove(gone);
      }
    }
    assertThat(alive).as("class loaders that are still there").isEmpty();
  }

  private static List<WeakReference<ClassLoader>> useAndUnload(ReferenceQueue<ClassLoader> queue) {
    try (Plugins plugins = Plugins.load(PLUGINS)) {
      use(plugins);
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      for (String provider : List.of("echo", "openai-compatible", "bedrock")) {
        loaders.add(new WeakReference<>(plugins.find(provider).classLoader(), queue));
      }
      return loaders;
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noJarStaysOpen() throws Exception {
    try (Plugins plugins = Plugins.load(PLUGINS)) {
      use(plugins);
      assertThat(PluginJars.open()).as("while they are loaded").isNotEmpty();
    }
    assertThat(PluginJars.open()).as("after they were unloaded").isEmpty();
  }

  private static void use(Plugins plugins) {
    LoadedConfig loaded =
        ConfigLoader.parse(upstreams.config(), "test.yaml", Map.of(), Path.of(""));
    try (Gateway gateway =
        loaded
            .config()
            .flatMap(config -> Gateway.open(config, plugins, loaded.problems()))
            .orElseThrow(() -> new AssertionError(loaded.problems().report()))) {
      new PluginUse(gateway).everything();
    }
  }
}
