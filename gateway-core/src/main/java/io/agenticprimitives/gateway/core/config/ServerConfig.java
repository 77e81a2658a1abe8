package io.agenticprimitives.gateway.core.config;

import java.net.InetAddress;
import java.time.Duration;

/// How the gateway listens and what it takes.
///
/// @param host the address or name to listen at
/// @param port 0 to 65535; 0 lets the system choose a free one
/// @param maxRequestSize the most bytes that the body of a request may have
/// @param maxConcurrentRequests how many requests are served at once
/// @param allowAnonymous whether a public address without authentication is wanted
/// @param keepAlive how long a stream may be silent before a comment is sent
/// @param stopTimeout how long running calls may take to end when the gateway stops
/// @param toolEvents how tool calls are streamed to callers who say nothing about it
/// @param closePythonConnections whether connections of the original project's Python client are
///   closed after an answer of a model
/// @param strict whether a request that a backend cannot express fully is refused instead of
///   adjusted
public record ServerConfig(
    String host,
    int port,
    long maxRequestSize,
    int maxConcurrentRequests,
    boolean allowAnonymous,
    Duration keepAlive,
    Duration stopTimeout,
    ToolEventsMode toolEvents,
    boolean closePythonConnections,
    boolean strict) {

  /// What holds where nothing is configured: port 8000, for this machine only.
  public static final ServerConfig DEFAULT =
      new ServerConfig(
          "127.0.0.1",
          8000,
          32L << 20,
          10_000,
          false,
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          ToolEventsMode.AUTO,
          true,
          false);

  /// The same at another address.
  public ServerConfig listeningAt(String newHost, int newPort) {
    return new ServerConfig(
        newHost,
        newPort,
        maxRequestSize,
        maxConcurrentRequests,
        allowAnonymous,
        keepAlive,
        stopTimeout,
        toolEvents,
        closePythonConnections,
        strict);
  }

  /// The same with other limits.
  public ServerConfig limitedTo(long requestSize, int concurrentRequests) {
    return new ServerConfig(
        host,
        port,
        requestSize,
        concurrentRequests,
        allowAnonymous,
        keepAlive,
        stopTimeout,
        toolEvents,
        closePythonConnections,
        strict);
  }

  /// Whether only this machine can connect. A name other than `localhost` counts as public,
  /// whatever it resolves to.
  public boolean isLoopback() {
    return isLoopback(host);
  }

  static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
