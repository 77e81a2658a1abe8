package io.agenticprimitives.gateway.server.output;

import io.agenticprimitives.gateway.api.llm.StreamEvent;

/// Writes the events of one streamed answer into a buffer, framed and ready to be sent. Not
/// thread-safe.
public interface EventWriter {
  /// Adds what an event is to the caller: nothing, one piece or several.
  void write(StreamEvent event);

  /// Ends an answer that has failed after it began.
  void writeFailure(Failure failure);
}
