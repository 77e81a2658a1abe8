package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// The memory of one event while it is read.
///
/// @param reserve is told how many bytes more are kept
record EventMemory(LongConsumer reserve) {
  /// Shorter events are not worth mentioning.
  private static final int FREE = 64 << 10;

  /// Of each buffer: while it grows there are two, and what is in it becomes text.
  private static final int COPIES = 3;

  /// A larger buffer with the same content.
  ///
  /// @throws BackendException if that would be too large, or there is no memory left
  byte[] grown(byte[] buffer, int needed) {
    if (needed > SseReader.MAX_LINE) {
      throw new BackendException(
          ErrorKind.UPSTREAM_FAILURE,
          "The upstream sent an event longer than " + SseReader.MAX_LINE + " bytes");
    }
    int larger = Math.min(SseReader.MAX_LINE, Math.max(buffer.length * 2, needed));
    if (larger > FREE) {
      reserve.accept((long) COPIES * (larger - buffer.length));
    }
    return Arrays.copyOf(buffer, larger);
  }
}
