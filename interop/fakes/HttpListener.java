package interop.fakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/// Accepts connections on a free loopback port; each is served on virtual threads.
final class HttpListener {
  private static final int BACKLOG = 1024;

  private final ServerSocket server;

  private HttpListener(ServerSocket server) {
    this.server = server;
  }

  /// @param handler answers one request; it is interrupted when the caller closes the connection
  static HttpListener start(Consumer<Exchange> handler) throws IOException {
    ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofPlatform()
        .name("accept-" + server.getLocalPort())
        .start(() -> accept(server, handler));
    return new HttpListener(server);
  }

  int port() {
    return server.getLocalPort();
  }

  private static void accept(ServerSocket server, Consumer<Exchange> handler) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.startVirtualThread(new HttpConnection(socket, handler));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
