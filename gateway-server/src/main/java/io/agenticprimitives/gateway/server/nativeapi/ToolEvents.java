package io.agenticprimitives.gateway.server.nativeapi;

import io.agenticprimitives.gateway.api.llm.StreamEvent;

/// Turns the events of tool calls into those that a caller sees.
interface ToolEvents {
  void started(StreamEvent.ToolCallStarted call);

  void delta(StreamEvent.ToolCallDelta delta);

  void ended(StreamEvent.ToolCallEnded end);
}
