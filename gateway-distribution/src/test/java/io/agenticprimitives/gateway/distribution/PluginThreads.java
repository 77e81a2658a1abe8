package io.agenticprimitives.gateway.distribution;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Platform threads that keep a plugin loaded: of a plugin's class, running a plugin's code, or
/// with a plugin's class loader as their context.
final class PluginThreads {
  private static final String PREFIX = "plugin:";

  private PluginThreads() {}

  /// Those that do not end within a time, with what they are doing.
  static List<String> leftAfter(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      if (isOfPlugin(thread)) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.getKey().join(Math.max(1, left));
      }
    }
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(PluginThreads::isOfPlugin)
        .map(thread -> thread.getKey() + " " + Arrays.toString(thread.getValue()))
        .toList();
  }

  private static boolean isOfPlugin(Map.Entry<Thread, StackTraceElement[]> thread) {
    return isPlugin(thread.getKey().getContextClassLoader())
        || isPlugin(thread.getKey().getClass().getClassLoader())
        || Arrays.stream(thread.getValue())
            .map(StackTraceElement::getClassLoaderName)
            .anyMatch(PluginThreads::isPlugin);
  }

  private static boolean isPlugin(@Nullable ClassLoader loader) {
    return loader != null && isPlugin(loader.getName());
  }

  private static boolean isPlugin(@Nullable String loaderName) {
    return loaderName != null && loaderName.startsWith(PREFIX);
  }
}
