package io.agenticprimitives.gateway.core.plugin;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs code of a plugin that makes something, on a thread of its own, and waits only so long.
///
/// @param plugin its name
/// @param classLoader the plugin's, which is the context of the thread
/// @param limit how long it is waited for
record BoundedRun(String plugin, ClassLoader classLoader, Duration limit) {
  private static final Logger log = LoggerFactory.getLogger(BoundedRun.class);

  /// It did not end in time.
  static final class TooSlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooSlowException(String message) {
      super(message);
    }
  }

  /// Runs it.
  ///
  /// @param tooLate gets rid of what comes after all
  /// @throws TooSlowException if it has not ended in time; it is interrupted then, and left alone
  <T> T of(Supplier<T> action, Consumer<T> tooLate) {
    FutureTask<T> task = new FutureTask<>(action::get);
    // Not a virtual one: while classes are initialised, it would hold on to its carrier.
    Thread thread = Thread.ofPlatform().daemon().name("plugin-" + plugin).unstarted(task);
    thread.setContextClassLoader(classLoader);
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException tooSlow) {
      String place = place(thread);
      discard(task, tooLate);
      thread.interrupt();
      throw new TooSlowException(
          "it has not ended within %s ms (it is %s)".formatted(limit.toMillis(), place));
    } catch (InterruptedException hurry) {
      discard(task, tooLate);
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new TooSlowException("it was interrupted");
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw new IllegalStateException(failure.getCause());
      }
    }
  }

  /// Where the plugin's own code is.
  private String place(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    log.error(
        "Plugin '{}' keeps a thread: {}",
        plugin,
        Arrays.stream(stack).map(StackTraceElement::toString).collect(Collectors.joining(" < ")));
    return Arrays.stream(stack)
        .filter(frame -> String.valueOf(classLoader.getName()).equals(frame.getClassLoaderName()))
        .findFirst()
        .map(frame -> "at " + frame)
        .orElse("on its way");
  }

  private static <T> void discard(FutureTask<T> task, Consumer<T> tooLate) {
    Thread.ofVirtual()
        .name("discard-late")
        .start(
            () -> {
              try {
                tooLate.accept(task.get());
              } catch (ExecutionException | InterruptedException nothing) {
                log.debug("Nothing came of it in the end", nothing);
              }
            });
  }
}
