package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// How much memory answers may take that are kept until they are complete. It is a part of the
/// heap, of which there is one in a process, whatever is configured. Thread-safe.
final class AnswerMemory {
  /// Half of the heap: the other half is for all else, which is little.
  static final AnswerMemory OF_PROCESS = new AnswerMemory(Runtime.getRuntime().maxMemory() / 2);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  /// @param limit in bytes
  AnswerMemory(long limit) {
    this.limit = limit;
  }

  /// How much is taken, in bytes.
  long taken() {
    return taken.get();
  }

  /// What one attempt of a call takes of it. Thread-safe.
  final class Share implements AutoCloseable {
    private final String backend;
    private long bytes;
    private boolean closed;

    /// @param backend for messages
    Share(String backend) {
      this.backend = backend;
    }

    /// Takes more.
    ///
    /// @throws BackendException if there is not so much left
    synchronized void take(long more) {
      if (closed || more <= 0) {
        return;
      }
      long all = taken.addAndGet(more);
      bytes += more;
      if (all > limit) {
        throw refusal();
      }
    }

    private BackendException refusal() {
      return new BackendException(
              ErrorKind.UNAVAILABLE,
              "The gateway has no memory left for the answer of backend '%s': long answers take"
                      .formatted(backend)
                  + " more than %d MB together. Ask for a shorter one, for a stream, or later."
                      .formatted(limit / 1_000_000))
          .withRetryAfter(RETRY_AFTER);
    }

    /// Gives all of it back; once more is no harm.
    @Override
    public synchronized void close() {
      taken.addAndGet(-bytes);
      bytes = 0;
      closed = true;
    }
  }
}
