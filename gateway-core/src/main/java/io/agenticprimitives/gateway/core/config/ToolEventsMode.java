package io.agenticprimitives.gateway.core.config;

/// How tool calls are streamed.
public enum ToolEventsMode {
  /// Assembled for the original project's Python client, as documented for all others.
  AUTO,
  /// As documented: start, deltas, complete.
  DOCUMENTED,
  /// Call by call: start, then complete, without deltas.
  ASSEMBLED
}
