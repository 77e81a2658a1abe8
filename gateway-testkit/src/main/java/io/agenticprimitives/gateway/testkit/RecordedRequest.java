package io.agenticprimitives.gateway.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A request that a [ScriptedUpstream] has received completely. Thread-safe.
public final class RecordedRequest {
  private final RequestMessage message;
  private final int connection;
  private final CompletableFuture<Ending> ending;

  RecordedRequest(RequestMessage message, int connection, CompletableFuture<Ending> ending) {
    this.message = message;
    this.connection = connection;
    this.ending = ending;
  }

  /// The method as sent, usually in upper case.
  public String method() {
    return message.method();
  }

  /// Path and query exactly as sent; nothing is decoded.
  public String target() {
    return message.target();
  }

  /// The target up to the first `?`; nothing is decoded.
  public String path() {
    return target().split("\\?", 2)[0];
  }

  /// All header fields in the order and spelling in which they were sent.
  public List<Header> headers() {
    return message.headers();
  }

  /// The values of all fields of that name, in any spelling, in the order in which they were sent.
  public List<String> headers(String name) {
    return headers().stream().filter(header -> header.isNamed(name)).map(Header::value).toList();
  }

  /// The value of the first field of that name, in any spelling.
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /// A copy of the body, without transfer coding; empty if there is none.
  public byte[] body() {
    return message.body().bytes();
  }

  /// The body read as UTF-8; empty if there is none.
  public String bodyText() {
    return message.body().text();
  }

  /// The number of the connection that it came on, counted from 1 in the order of acceptance. Two
  /// requests with the same number show that the client reused a connection.
  public int connection() {
    return connection;
  }

  /// Blocks until the peer has closed its side of the connection, and returns how long that took
  /// from this call on; zero if it was closed before. The server notices at once, whatever it is
  /// doing: before it has answered, while it stalls, waits at a gate or sends.
  ///
  /// ```java
  /// stream.close();
  /// assertThat(request.awaitPeerClosed(Duration.ofSeconds(2))).isLessThan(Duration.ofMillis(100));
  /// ```
  ///
  /// @throws AssertionError if the peer keeps the connection open for longer than `timeout`, or the
  ///   server ended the connection before the peer did
  public Duration awaitPeerClosed(Duration timeout) {
    long start = System.nanoTime();
    Ending ended = awaitEnding(timeout);
    if (!ended.byPeer()) {
      throw new AssertionError(
          "The server itself ended the connection of %s: %s. To see the peer close, let the script"
                  .formatted(this, ended.reason())
              + " stand at Step.Stall or Step.AwaitGate at that time.");
    }
    return Duration.ofNanos(Math.max(0, ended.nanoTime() - start));
  }

  private Ending awaitEnding(Duration timeout) {
    try {
      return ending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new AssertionError(
          "The peer kept the connection of %s open for %d ms. If the call was cancelled, its"
                  .formatted(this, timeout.toMillis())
              + " connection to the upstream must be closed; if the answer was complete, the client"
              + " may rightly keep the connection for its next request.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for the peer to close", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /// Method, target and connection number; neither headers nor body, which may hold secrets.
  @Override
  public String toString() {
    return "%s %s on connection %d".formatted(method(), target(), connection);
  }
}
