package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.core.BackendCall.Pull;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A thread that pulls one call for another thread, which waits for what comes of it, unless the
/// thread is given up. Used once.
///
/// @param <T> what comes of it
final class PullThread<T> {
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable T result;
  private @Nullable Throwable failure;

  /// Pulls and waits.
  ///
  /// @param close ends the call; runs on the thread after the action, and where the waiting thread
  ///   is interrupted
  <X extends Exception> T run(Pull<T, X> action, Runnable close) throws X {
    Thread.ofVirtual().name("call").start(() -> pull(action, close));
    await(close);
    synchronized (this) {
      Throwable thrown = failure;
      if (thrown != null) {
        throw PullThread.<X>unchecked(thrown);
      }
      @SuppressWarnings("NullAway") // Without a failure there is what the action gave.
      T given = result;
      return given;
    }
  }

  private void pull(Pull<T, ?> action, Runnable close) {
    try {
      T given = action.run();
      end(given, null);
    } catch (Throwable thrown) {
      end(null, thrown);
    } finally {
      close.run();
    }
  }

  /// Lets the waiting thread go, with this failure.
  void abandon(Throwable why) {
    end(null, why);
  }

  /// The first end counts.
  private synchronized void end(@Nullable T given, @Nullable Throwable thrown) {
    if (over.getCount() > 0) {
      result = given;
      failure = thrown;
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

  /// It was thrown by the action, which throws nothing else that is checked.
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
