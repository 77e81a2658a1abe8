package interop.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;

/// Where the suites ask. All are GET with `?tag=...` and answer JSON:
///
/// - `/await` waits until the call is under way: `{"ok": true}`
/// - `/mark` notes the time, right before the suite aborts: `{"ok": true}`
/// - `/closed` waits until the caller of the fake closed the connection: `{"ok": true, "millis":
///   4.2}`
/// - `/attempts` tells how many requests there were: `{"ok": true, "attempts": 2}`
final class ControlPort {
  private static final long PATIENCE_SECONDS = 10;

  private final Calls calls;

  private ControlPort(Calls calls) {
    this.calls = calls;
  }

  /// @return its port
  static int start(Calls calls) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    ControlPort port = new ControlPort(calls);
    server.createContext("/", port::serve);
    server.start();
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String tag = exchange.getRequestURI().getQuery().substring("tag=".length());
      byte[] body =
          reply(exchange.getRequestURI().getPath(), calls.of(tag)).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("content-type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reply(String path, Call call) throws InterruptedException {
    switch (path) {
      case "/await" -> {
        return "{\"ok\": %b}".formatted(call.awaitUnderWay(PATIENCE_SECONDS));
      }
      case "/mark" -> {
        call.aborting(System.nanoTime());
        return "{\"ok\": true}";
      }
      case "/closed" -> {
        OptionalDouble millis = call.awaitClosed(PATIENCE_SECONDS);
        return millis.isPresent()
            ? "{\"ok\": true, \"millis\": %.1f}".formatted(millis.getAsDouble())
            : "{\"ok\": false}";
      }
      case "/attempts" -> {
        return "{\"ok\": true, \"attempts\": %d}".formatted(call.attempts());
      }
      default -> {
        return "{\"ok\": false}";
      }
    }
  }
}
