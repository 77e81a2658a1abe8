package io.agenticprimitives.gateway.server.nativeapi;

import java.util.Locale;

/// How the calls of tools appear in a stream. Which caller gets which is decided elsewhere.
public enum ToolEventStyle {
  /// `tool_use_start{id,name}`, `tool_use_delta{id,delta}` as the pieces come, and
  /// `tool_use_complete{id,name,input}`; calls may overlap.
  DOCUMENTED,
  /// Per call in turn `tool_use_start{id,name}` and at once `tool_use_complete{id,name:"",input}`,
  /// without pieces: the one order that the original project's LangChain and Strands adapters read
  /// correctly. They add names and argument texts up, and lose track of calls that overlap.
  ASSEMBLED;

  /// The word on the wire, `documented` for instance.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
