package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The visits of calls to one backend's plugin, those included from which threads have not come
/// back. Thread-safe.
final class Visits {
  /// As many threads may be left inside for good; then the backend gets no more calls, so that a
  /// plugin that keeps its threads cannot fill the memory.
  static final int MOST_ABANDONED = 100;

  private static final Logger log = LoggerFactory.getLogger(Visits.class);

  private final String backend;
  private final Leases leases;
  private final Duration patience;
  private final AtomicInteger abandoned = new AtomicInteger();

  /// @param patience how long a thread may take to come out once it is told to
  Visits(String backend, Leases leases, Duration patience) {
    this.backend = backend;
    this.leases = leases;
    this.patience = patience;
  }

  /// Takes a lease for one call.
  ///
  /// @throws BackendException if the backend takes no more calls
  Visit begin(Visitor visitor) {
    if (abandoned.get() >= MOST_ABANDONED) {
      throw new BackendException(
          ErrorKind.UNAVAILABLE,
          "Backend '%s' gets no more calls: its provider has not come back from %d that are over."
              .formatted(backend, MOST_ABANDONED));
    }
    // Whoever comes without a lease of a call comes too late, after the call was given up.
    if (!leases.tryAcquire()) {
      throw Cancelled.failure();
    }
    return new Visit(this, visitor);
  }

  Duration patience() {
    return patience;
  }

  /// How many threads are inside although their calls are over.
  int abandoned() {
    return abandoned.get();
  }

  void end() {
    leases.release();
  }

  /// Gives a thread up: nobody waits for it any more.
  void abandon(Thread thread) {
    abandoned.incrementAndGet();
    IllegalStateException place = new IllegalStateException("Where the thread is");
    place.setStackTrace(thread.getStackTrace());
    log.error(
        "The provider of backend '{}' keeps a thread although its call is over: neither close() nor"
            + " an interrupt has freed it. The caller has been answered and the thread is left"
            + " alone; {} of this backend are now. The plugin's authors must correct that.",
        backend,
        abandoned.get(),
        place);
  }

  void comeBack() {
    log.warn(
        "A thread that the provider of backend '{}' kept has come back; {} are left",
        backend,
        abandoned.decrementAndGet());
  }
}
