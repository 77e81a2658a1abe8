package interop.fakes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Consumer;

/// One connection. While a request is answered on a thread of its own, this one waits for the next
/// byte, so that it learns at once when the caller closes the connection.
final class HttpConnection implements Runnable {
  private final Socket socket;
  private final Consumer<Exchange> handler;

  HttpConnection(Socket socket, Consumer<Exchange> handler) {
    this.socket = socket;
    this.handler = handler;
  }

  @Override
  public void run() {
    try (socket) {
      PushbackInputStream in =
          new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
      Optional<HttpRequest> request = HttpRequest.read(in);
      while (request.isPresent() && served(request.get(), in)) {
        request = HttpRequest.read(in);
      }
    } catch (IOException gone) {
      // The caller is gone between two requests: nobody to tell.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether the connection can take another request
  private boolean served(HttpRequest request, PushbackInputStream in)
      throws IOException, InterruptedException {
    Exchange exchange = new Exchange(request, socket);
    Thread answering = Thread.startVirtualThread(() -> handler.accept(exchange));
    int next;
    try {
      next = in.read();
    } catch (IOException reset) {
      next = -1;
    }
    if (next < 0) {
      exchange.callerLeft(System.nanoTime());
      answering.interrupt();
      return false;
    }
    in.unread(next);
    answering.join();
    return true;
  }
}
