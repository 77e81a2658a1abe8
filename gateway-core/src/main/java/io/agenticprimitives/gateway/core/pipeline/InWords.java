package io.agenticprimitives.gateway.core.pipeline;

import java.time.Duration;

/// Durations in messages for callers.
final class InWords {
  private InWords() {}

  static String of(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
