package io.agenticprimitives.gateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 server on 127.0.0.1 that does to its clients exactly what a [Script] says: answers
/// whole or in pieces, at once or when a [Gate] opens, and every way to fail in the middle. It
/// records what it was asked.
///
/// ```java
/// try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
///   upstream.on("GET", "/v1/models", Script.json(200, "{\"data\":[]}"));
///   upstream.enqueue(Script.sseUnfinished("{\"delta\":\"Hel\"}").then(new Step.Stall()));
///   EventStream stream = backend(upstream.uri()).stream(request, call);
///   stream.next();
///   RecordedRequest seen = upstream.takeRequest(Duration.ofSeconds(5));
///   stream.close();
///   assertThat(seen.awaitPeerClosed(Duration.ofSeconds(2))).isLessThan(Duration.ofMillis(100));
/// }
/// ```
///
/// A request is answered by the first of these that applies: the script given to [#on(String,
/// String, Script)] for its method and path; the next script of [#enqueue(Script...)]; the function
/// given to [#onRequest(Function)]. If there is none, the client gets a 501 whose text says so, and
/// [#failures()] keeps it.
///
/// The server reads requests strictly: malformed HTTP and bodies over the limit are refused and
/// kept in [#failures()]. It speaks HTTP/1.1 only, ignores upgrades, keeps connections after
/// complete answers and sends `100 Continue` to clients that wait for it. It never compresses and
/// never adds a header beyond the framing.
///
/// Thread-safe. Runs on virtual threads, all of which have ended when [#close()] returns.
public final class ScriptedUpstream implements AutoCloseable {
  private static final int DEFAULT_MAXIMUM_BODY_BYTES = 64 * 1024 * 1024;

  private final Dispatch dispatch = new Dispatch();
  private final @Nullable TestCertificate certificate;
  private final Listener listener;
  private volatile int maximumBodyBytes = DEFAULT_MAXIMUM_BODY_BYTES;

  private ScriptedUpstream(@Nullable TestCertificate certificate) throws IOException {
    this.certificate = certificate;
    SSLSocketFactory tls = certificate == null ? null : certificate.serverSockets();
    listener = new Listener(tls, dispatch, () -> maximumBodyBytes);
  }

  /// Starts a server that speaks plain HTTP on a free port.
  ///
  /// @throws UncheckedIOException if no port can be opened
  public static ScriptedUpstream start() {
    try {
      return new ScriptedUpstream(null);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  /// Starts a server that speaks HTTP over TLS on a free port, with a self-signed certificate for
  /// `localhost` and 127.0.0.1. Clients trust it by [#certificatePem()]. The first call in a JVM
  /// takes about a second, because it makes the certificate with the `keytool` of this JDK.
  ///
  /// @throws UncheckedIOException if no port can be opened or `keytool` fails
  public static ScriptedUpstream startTls() {
    try {
      return new ScriptedUpstream(new TestCertificate());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot start with TLS (keytool of %s is needed): %s"
              .formatted(System.getProperty("java.home"), e.getMessage()),
          e);
    }
  }

  /// A port of 127.0.0.1 on which connections are refused. It is held for the life of this JVM, so
  /// that no other process can start to listen there.
  public static int refusedPort() {
    return RefusedPort.number();
  }

  /// The port on 127.0.0.1.
  public int port() {
    return listener.port();
  }

  /// The address without path, such as `http://127.0.0.1:40123`.
  public URI uri() {
    return uri("");
  }

  /// The address with a path.
  ///
  /// @param path empty, or starting with `/`; may have a query
  public URI uri(String path) {
    String scheme = certificate == null ? "http" : "https";
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  /// The file with the certificate of this server in PEM form; deleted by [#close()].
  ///
  /// @throws IllegalStateException if the server does not speak TLS
  public Path certificatePem() {
    if (certificate == null) {
      throw new IllegalStateException("This server has no certificate; start it with startTls()");
    }
    return certificate.pem();
  }

  /// Appends scripts to the queue: each answers one request, in order.
  public ScriptedUpstream enqueue(Script... scripts) {
    dispatch.enqueue(List.of(scripts));
    return this;
  }

  /// Answers every request for this method and path by the script, as often as it comes. Replaces
  /// an earlier script for the same.
  ///
  /// @param method in the spelling of the client, usually upper case
  /// @param path as sent, without query, nothing decoded
  public ScriptedUpstream on(String method, String path, Script script) {
    dispatch.route(method, path, script);
    return this;
  }

  /// Answers every request that has no other script by what the function returns. It is called once
  /// per request, concurrently for concurrent requests, and may block; [#close()] interrupts it. If
  /// it throws or returns null, the client gets a 500 and [#failures()] says why. Replaces an
  /// earlier function.
  public ScriptedUpstream onRequest(Function<RecordedRequest, Script> answer) {
    dispatch.compute(answer);
    return this;
  }

  /// Changes the largest request body that is read, from 64 MiB; a longer one is refused with 413.
  /// Applies to connections that are accepted from now on.
  ///
  /// @param bytes zero or more
  /// @throws IllegalArgumentException if negative
  public ScriptedUpstream refuseBodiesOver(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("A body cannot be shorter than 0 bytes: " + bytes);
    }
    maximumBodyBytes = bytes;
    return this;
  }

  /// Takes the oldest recorded request that was not taken yet; waits for one if there is none. The
  /// latest 10 000 are kept.
  ///
  /// @throws AssertionError if none arrives in time; the message says what did happen
  public RecordedRequest takeRequest(Duration timeout) {
    try {
      RecordedRequest request = dispatch.take(timeout);
      if (request != null) {
        return request;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for a request", e);
    }
    throw new AssertionError(
        "No request arrived at %s within %d ms. Earlier requests: %d; connections: %d; failures: %s. %s"
            .formatted(
                uri(),
                timeout.toMillis(),
                requestCount(),
                connectionsAccepted(),
                failures(),
                advice()));
  }

  /// How many requests were received completely, taken or not.
  public long requestCount() {
    return dispatch.received();
  }

  /// What went wrong on the side of the server or the test, in order: requests for which nothing
  /// was scripted, malformed or oversized ones, failed TLS handshakes, failures of the function
  /// given to [#onRequest(Function)]. The first 1000 are kept. A test that expects none asserts
  /// that it is empty.
  public List<String> failures() {
    return dispatch.failures();
  }

  /// How many connections were accepted so far.
  public int connectionsAccepted() {
    return listener.connections().accepted();
  }

  /// How many connections neither side has closed yet.
  public int connectionsOpen() {
    return listener.connections().open();
  }

  /// Blocks until exactly so many connections are open, for instance 0 after the client was closed.
  ///
  /// @throws AssertionError if that does not happen in time
  public void awaitConnectionsOpen(int expected, Duration timeout) {
    try {
      if (!listener.connections().awaitOpen(expected, timeout)) {
        throw new AssertionError(
            "Expected %d open connections within %d ms, there are %d (of %d accepted)"
                .formatted(expected, timeout.toMillis(), connectionsOpen(), connectionsAccepted()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for connections", e);
    }
  }

  /// Ends all connections and threads, whatever they are doing. Closing twice does nothing.
  ///
  /// @throws IllegalStateException if a function given to [#onRequest(Function)] ignores its
  ///   interruption for 10 seconds
  /// @throws UncheckedIOException if the certificate file cannot be deleted
  @Override
  public void close() {
    try {
      listener.close();
      if (certificate != null) {
        certificate.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String advice() {
    if (connectionsAccepted() == 0) {
      return "Nothing connected: is the client configured with this address?";
    }
    return failures().isEmpty()
        ? "A client connected, but sent no further complete request."
        : "A client connected, but see the failures.";
  }
}
