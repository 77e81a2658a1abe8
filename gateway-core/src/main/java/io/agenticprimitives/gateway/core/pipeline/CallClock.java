package io.agenticprimitives.gateway.core.pipeline;

import java.util.concurrent.Future;

/// The time, as the pipeline knows it, and what is to happen later.
public interface CallClock {
  /// The time in nanoseconds, from an arbitrary origin.
  long now();

  /// Runs a check after some nanoseconds. It must be short.
  ///
  /// @return cancels it
  Future<?> schedule(Runnable check, long nanoseconds);
}
