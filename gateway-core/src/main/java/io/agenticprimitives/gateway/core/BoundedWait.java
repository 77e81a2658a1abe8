package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Waits only so long for something that blocks. It runs on a thread of its own, which is
/// interrupted when its time is up, and not waited for.
final class BoundedWait {
  private BoundedWait() {}

  /// Interrupting the thread that waits gives it up.
  static <T> T of(
      String name, Supplier<T> action, Duration limit, Supplier<BackendException> tooLate) {
    FutureTask<T> task = new FutureTask<>(action::get);
    Thread.ofVirtual().name(name).start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException timeout) {
      task.cancel(true);
      throw tooLate.get();
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new BackendException(ErrorKind.CANCELLED, "The call was given up by its caller.");
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException told -> throw told;
        case Error fault -> throw fault;
        case null, default -> throw new IllegalStateException(failure.getCause());
      }
    }
  }
}
