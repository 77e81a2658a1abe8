package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import org.jspecify.annotations.Nullable;

/// A stream that may be opened anew as long as it has given no event. Once the first event is out
/// every failure is the caller's to know: nothing is repeated any more.
abstract class RepeatedStream implements EventStream {
  private final Closing closing = new Closing();
  private @Nullable EventStream begun;

  /// Opens it once more. Must not wait for the upstream.
  ///
  /// @throws BackendException if that fails, which is a failure like any other
  abstract EventStream open();

  /// Decides what comes after a failure: returns if the stream is to be opened once more, after
  /// whatever wait there must be.
  ///
  /// @throws BackendException what the caller is told, if not
  abstract void afterFailure(BackendException failure);

  final Closing closing() {
    return closing;
  }

  @Override
  public final StreamEvent next() {
    EventStream events = begun;
    if (events != null) {
      return events.next();
    }
    while (!closing.isClosed()) {
      try {
        return first();
      } catch (BackendException failure) {
        if (!closing.isClosed()) {
          afterFailure(failure);
        }
      }
    }
    throw Cancelled.failure();
  }

  private StreamEvent first() {
    EventStream events = open();
    closing.busyWith(events::close);
    try {
      StreamEvent event = events.next();
      begun = events;
      return event;
    } finally {
      if (begun == null) {
        events.close();
      }
    }
  }

  @Override
  public final void close() {
    closing.close();
  }
}
