package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.plugin.InstalledProvider;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A plugin that was loaded, used and unloaded leaves nothing behind: no class loader, no thread,
/// no open file, no copy of its jars. Gateways run for months and replace plugins while they run.
///
/// ```java
/// class GreetingUnloadTest extends UnloadContract {
///   @Override
///   protected Path plugin() {
///     return Path.of("target/greeting-1.0.jar");
///   }
///
///   @Override
///   protected String config() {
///     return "providers: {llm: {backend: com.example.greeting.GreetingProvider}}";
///   }
/// }
/// ```
public abstract class UnloadContract {
  private static final int ROUNDS = 20;
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration BETWEEN_COLLECTIONS = Duration.ofMillis(200);

  /// The plugin as it is dropped into `plugins/`: a jar, or a directory of jars.
  protected abstract Path plugin();

  /// A whole configuration of a gateway, with backends of this plugin alone.
  protected abstract String config();

  /// Uses the backends as callers would; the more is used, the more is proven. Does nothing unless
  /// it is overridden.
  ///
  /// @throws Exception fails the test
  protected void use(Gateway gateway) throws Exception {}

  /// How often the plugin is loaded and unloaded.
  protected int rounds() {
    return ROUNDS;
  }

  @Test
  void nothingStaysBehind() throws Exception {
    Path directory = PluginUnderTest.install(plugin());
    try {
      ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
      Set<Reference<ClassLoader>> alive = new HashSet<>();
      for (int round = 0; round < rounds(); round++) {
        Trace trace = loadUseAndUnload(directory, collected);
        alive.add(trace.loader());
        checkThreads(trace);
        checkFiles(trace);
      }
      awaitCollection(alive, collected);
    } finally {
      PluginUnderTest.delete(directory);
    }
  }

  /// What is left of a plugin that was unloaded.
  ///
  /// @param copies where the copies of its jars were
  private record Trace(String plugin, Path copies, WeakReference<ClassLoader> loader) {}

  private Trace loadUseAndUnload(Path directory, ReferenceQueue<ClassLoader> collected)
      throws Exception {
    try (Plugins plugins = Plugins.load(directory)) {
      LoadedConfig loaded = ConfigLoader.parse(config(), "config", Map.of(), Path.of(""));
      try (Gateway gateway =
          loaded
              .config()
              .flatMap(config -> Gateway.open(config, plugins, loaded.problems()))
              .orElseThrow(() -> unusable(loaded, plugins))) {
        use(gateway);
      }
      String name = plugins.descriptions().getFirst().name();
      InstalledProvider provider =
          plugins.find(plugins.descriptions().getFirst().providers().getFirst());
      return new Trace(
          name, copies(provider), new WeakReference<>(provider.classLoader(), collected));
    }
  }

  private static AssertionError unusable(LoadedConfig loaded, Plugins plugins) {
    return Advice.error(
        loaded.problems().report() + plugins.descriptions(),
        "The contract opens the backends of config() as the gateway does.",
        "Correct config(); PackagingContract says what is wrong with the plugin itself.");
  }

  private static Path copies(InstalledProvider provider) throws URISyntaxException {
    return Objects.requireNonNull(
        Path.of(provider.configType().getProtectionDomain().getCodeSource().getLocation().toURI())
            .getParent());
  }

  private static void checkThreads(Trace trace) throws InterruptedException {
    List<String> threads = new PluginThreads(trace.plugin()).leftAfter(SOON);
    Advice.unless(
        threads.isEmpty(),
        "Threads are still there %d s after the plugin was unloaded: %s"
            .formatted(SOON.toSeconds(), threads),
        "Each keeps all classes of the plugin in memory, for ever.",
        "End the threads in Backend.close(): shut executors and clients down, and wait for it.");
  }

  private static void checkFiles(Trace trace) {
    List<Path> open = OpenFiles.in(List.of(trace.copies()));
    Advice.unless(
        open.isEmpty(),
        "Jars are still open after the plugin was unloaded: " + open,
        "Each reload would take some more, until the process may open no file.",
        "Close what getResourceAsStream, JarFile and ServiceLoader opened; keep no"
            + " JarURLConnection in a cache.");
    Advice.unless(
        Files.notExists(trace.copies()),
        "The copies of its jars are still in " + trace.copies() + ".",
        "The disk would fill up with each reload.",
        "Write nothing beside the jar that the provider's class was loaded from.");
  }

  private void awaitCollection(
      Set<Reference<ClassLoader>> alive, ReferenceQueue<ClassLoader> collected)
      throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!alive.isEmpty() && System.nanoTime() < deadline) {
      System.gc();
      Reference<?> gone = collected.remove(BETWEEN_COLLECTIONS.toMillis());
      while (gone != null) {
        alive.remove(gone);
        gone = collected.poll();
      }
    }
    Advice.unless(
        alive.isEmpty(),
        "%d of %d class loaders are still in memory.".formatted(alive.size(), rounds()),
        "Something outside of the plugin refers to one of its objects: each reload leaks all its"
            + " classes.",
        "Look for shutdown hooks, ThreadLocals of pooled threads, JMX beans, JDBC drivers,"
            + " java.util.logging levels, caches of the JDK; take a heap dump and search for"
            + " 'plugin:'.");
  }
}
