package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.BackendException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// The events of one completion, pulled by one thread. Not calling [#next()] is back-pressure: the
/// upstream is read no further.
///
/// The grammar, which the gateway checks for every backend: exactly one [StreamEvent.Started] comes
/// first and exactly one [StreamEvent.Finished] last; each tool call that starts ends before that,
/// and its pieces lie between. A stream that cannot reach `Finished` throws: there is no other end.
public interface EventStream extends AutoCloseable {

  /// The next event; it waits for the upstream where it must.
  ///
  /// @throws BackendException if the completion fails, is cut short or has been closed; nothing
  ///   comes after it
  /// @throws NoSuchElementException after [StreamEvent.Finished]
  StreamEvent next();

  /// Ends the call and closes the upstream's connection if its answer was not read to the end. May
  /// be called by any thread at any time, more than once; a thread that waits in [#next()] is
  /// released with a [BackendException] at once. It does not block and does not throw.
  @Override
  void close();

  /// A stream of events that are there already.
  static EventStream of(List<StreamEvent> events) {
    Iterator<StreamEvent> iterator = List.copyOf(events).iterator();
    return new EventStream() {
      @Override
      public StreamEvent next() {
        return iterator.next();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
