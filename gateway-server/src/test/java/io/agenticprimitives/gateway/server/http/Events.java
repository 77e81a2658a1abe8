package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;

/// Events in few words.
final class Events {
  private Events() {}

  static StreamEvent started() {
    return new StreamEvent.Started("small-1");
  }

  static StreamEvent text(String text) {
    return new StreamEvent.TextDelta(text);
  }

  static StreamEvent finished() {
    return new StreamEvent.Finished(StopReason.END_TURN, "stop", Usage.of(9, 3));
  }
}
