package io.agenticprimitives.gateway.server.nativeapi;

/// A call of a tool whose arguments are still being written.
record OpenToolCall(String id, String name, StringBuilder arguments) {
  OpenToolCall(String id, String name) {
    this(id, name, new StringBuilder());
  }
}
