package io.agenticprimitives.gateway.core.plugin;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Platform threads that a plugin has started and not ended. Nobody can end them for it; but an
/// operator can be told why memory is not freed.
final class LeftThreads {
  private static final Logger log = LoggerFactory.getLogger(LeftThreads.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private LeftThreads() {}

  /// Looks for threads of a plugin that has been unloaded, a moment later.
  static void report(String plugin, ClassLoader classLoader) {
    report(plugin, new WeakReference<>(classLoader));
  }

  /// Whoever waits here must not be what keeps the plugin in memory.
  private static void report(String plugin, WeakReference<ClassLoader> classLoader) {
    Thread.ofVirtual()
        .name("left-threads")
        .start(
            () -> {
              try {
                Thread.sleep(GRACE);
              } catch (InterruptedException impossible) {
                throw new IllegalStateException("Nobody interrupts this thread", impossible);
              }
              List<String> left = of(classLoader.get());
              if (!left.isEmpty()) {
                log.warn(
                    "Plugin '{}' was unloaded, but {} threads that it started still run and keep it"
                        + " in memory: {}. The plugin's authors must end them in close().",
                    plugin,
                    left.size(),
                    left);
              }
            });
  }

  /// The names of the threads.
  static List<String> of(@Nullable ClassLoader classLoader) {
    return classLoader == null
        ? List.of()
        : Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> classLoader.equals(thread.getContextClassLoader()))
            .map(Thread::getName)
            .sorted()
            .toList();
  }
}
