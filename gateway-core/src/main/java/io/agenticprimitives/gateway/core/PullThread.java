package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.core.BackendCall.Pull;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A thread that pulls one call for another thread, which waits for what comes of it, unless the
/// thread is given up. Used once.
///
/// @param <T> what comes of it
/// @param <X> what it throws besides
final class PullThread<T, X extends Exception> {
  private final CountDownLatch over = new CountDownLatch(1);

  /// Gives or throws what came of it; the first end counts.
  private final AtomicReference<@Nullable Pull<T, X>> outcome = new AtomicReference<>();

  /// Pulls and waits.
  ///
  /// @param close ends the call; runs on the thread after the action, and where the waiting thread
  ///   is interrupted
  T run(Pull<T, X> action, Runnable close) throws X {
    Thread.ofVirtual().name("call").start(() -> pull(action, close));
    await(close);
    return Objects.requireNonNull(outcome.get()).run();
  }

  private void pull(Pull<T, X> action, Runnable close) {
    try {
      T given = action.run();
      end(() -> given);
    } catch (RuntimeException thrown) {
      abandon(thrown);
    } catch (Error thrown) {
      end(
          () -> {
            throw thrown;
          });
    } catch (Exception thrown) {
      @SuppressWarnings("unchecked") // The action throws nothing else that is checked.
      X typed = (X) thrown;
      end(
          () -> {
            throw typed;
          });
    } finally {
      close.run();
    }
  }

  /// Lets the waiting thread go, with this failure.
  void abandon(RuntimeException why) {
    end(
        () -> {
          throw why;
        });
  }

  private void end(Pull<T, X> reached) {
    if (outcome.compareAndSet(null, reached)) {
      over.countDown();
    }
  }

  private void await(Runnable close) {
    boolean interrupted = false;
    while (over.getCount() > 0) {
      try {
        over.await();
      } catch (InterruptedException givenUp) {
        interrupted = true;
        close.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
