package io.agenticprimitives.gateway.testkit.contract;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DynamicTest;

/// One sentence of the contract, and how it is tried.
///
/// @param name the sentence
record Rule(String name, Check check) {
  /// A rule that is not kept within this time is broken: something hangs.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// Tries a rule.
  @FunctionalInterface
  interface Check {
    /// Tries it.
    ///
    /// @throws AssertionError if the rule is broken
    void run() throws Exception;
  }

  DynamicTest test() {
    return DynamicTest.dynamicTest(name, this::run);
  }

  /// On a virtual thread, as the gateway calls backends.
  private void run() throws Throwable {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              check.run();
              return true;
            });
    Thread worker = Thread.ofVirtual().name("contract").start(task);
    try {
      task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause();
    } catch (TimeoutException hangs) {
      AssertionError breach =
          Advice.breach(
              "The backend hangs: nothing came of it within %d s.".formatted(LIMIT.toSeconds()),
              "See where it waits (the suppressed trace); every wait must end when the stream is"
                  + " closed or the thread is interrupted.");
      Throwable where = new Throwable("where it waits");
      where.setStackTrace(worker.getStackTrace());
      breach.addSuppressed(where);
      throw breach;
    }
  }
}
