package io.agenticprimitives.gateway.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// The listening socket with the threads of all its connections.
final class Listener {
  private static final int BACKLOG = 1024;
  private static final long CLOSE_SECONDS = 10;

  private final ServerSocket socket = new ServerSocket();
  private final @Nullable SSLSocketFactory tls;
  private final Dispatch dispatch;
  private final IntSupplier maximumBodyBytes;
  private final Connections connections = new Connections();
  private final ExecutorService threads;

  Listener(@Nullable SSLSocketFactory tls, Dispatch dispatch, IntSupplier maximumBodyBytes)
      throws IOException {
    this.tls = tls;
    this.dispatch = dispatch;
    this.maximumBodyBytes = maximumBodyBytes;
    socket.bind(loopback(0), BACKLOG);
    threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("scripted-upstream-" + port() + "-", 0).factory());
    threads.execute(this::accept);
  }

  static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  int port() {
    return socket.getLocalPort();
  }

  Connections connections() {
    return connections;
  }

  /// Returns when all threads have ended; also if the calling thread is interrupted.
  void close() throws IOException {
    socket.close();
    connections.close();
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "A function given to onRequest() does not return although it was interrupted");
      }
    } catch (InterruptedException _) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket transport = socket.accept();
        Connection connection = connections.add(number -> connection(number, transport));
        if (connection == null) {
          transport.close();
          return;
        }
        threads.execute(() -> connection.serve(threads));
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        dispatch.failed("The server can accept no more connections: " + e.getMessage());
      }
    } catch (RejectedExecutionException _) {
      // The server is being closed, which has closed this connection too.
    }
  }

  private Connection connection(int number, Socket transport) {
    return new Connection(number, transport, tls, dispatch, maximumBodyBytes.getAsInt());
  }
}
