package io.agenticprimitives.gateway.testkit;

import java.util.concurrent.CompletableFuture;

/// A latch between a test and a script: the script waits at [Step.AwaitGate] until the test opens
/// the gate, or opens one with [Step.OpenGate]. Opened once, it stays open. Thread-safe; compared
/// by identity.
public final class Gate {
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  /// Lets everyone through who waits now or comes later. Opening an open gate does nothing.
  public void open() {
    opened.complete(null);
  }

  /// Whether [#open()] was called.
  public boolean isOpen() {
    return opened.isDone();
  }

  /// Blocks until the gate is open or the connection has ended; true if it is open.
  boolean awaitOpen(CompletableFuture<?> connectionEnded) {
    CompletableFuture.anyOf(opened, connectionEnded).join();
    return isOpen();
  }

  @Override
  public String toString() {
    return isOpen() ? "open gate" : "closed gate";
  }
}
