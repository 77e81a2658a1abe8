package io.agenticprimitives.gateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/// A port that refuses connections for certain: a socket is bound to it, so nobody else can have
/// it, but does not listen. A port that was merely free a moment ago may be taken by the next test.
final class RefusedPort {
  private static final Socket BOUND = bind();

  private RefusedPort() {}

  static int number() {
    return BOUND.getLocalPort();
  }

  private static Socket bind() {
    try {
      Socket socket = new Socket();
      socket.bind(Listener.loopback(0));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("No port of 127.0.0.1 can be bound: " + e.getMessage(), e);
    }
  }
}
