package io.agenticprimitives.gateway.testkit.contract;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Platform threads that keep a plugin loaded: of a plugin's class, running a plugin's code, or
/// with a plugin's class loader as their context.
final class PluginThreads {
  private final String loaderName;

  /// @param plugin its name
  PluginThreads(String plugin) {
    this.loaderName = "plugin:" + plugin;
  }

  /// Those that do not end within a time, with what they are doing.
  List<String> leftAfter(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      if (isOfPlugin(thread)) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.getKey().join(Math.max(1, left));
      }
    }
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(this::isOfPlugin)
        .map(thread -> thread.getKey() + " " + Arrays.toString(thread.getValue()))
        .toList();
  }

  private boolean isOfPlugin(Map.Entry<Thread, StackTraceElement[]> thread) {
    return isPlugin(thread.getKey().getContextClassLoader())
        || isPlugin(thread.getKey().getClass().getClassLoader())
        || Arrays.stream(thread.getValue())
            .anyMatch(frame -> loaderName.equals(frame.getClassLoaderName()));
  }

  private boolean isPlugin(@Nullable ClassLoader loader) {
    return loader != null && loaderName.equals(loader.getName());
  }
}
