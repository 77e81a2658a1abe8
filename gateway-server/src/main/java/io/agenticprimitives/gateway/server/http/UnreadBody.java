package io.agenticprimitives.gateway.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;

/// The rest of a body that was refused. A connection that is closed while its caller still sends is
/// reset, and the answer that says why is lost with it; so the rest is read and thrown away, for a
/// moment.
final class UnreadBody {
  private static final long IDLE_MILLIS = 500;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int BUFFER_SIZE = 16 * 1024;

  private UnreadBody() {}

  /// Called after the answer. A connection whose caller has sent everything in time stays usable.
  static void discard(HttpServletRequest request, EndPoint connection) {
    if (request.getHeader("Expect") != null) {
      return; // The caller has not begun to send, and now never will.
    }
    long idle = connection.getIdleTimeout();
    connection.setIdleTimeout(IDLE_MILLIS);
    try {
      InputStream stream = request.getInputStream();
      byte[] buffer = new byte[BUFFER_SIZE];
      long started = System.nanoTime();
      while (stream.read(buffer) >= 0) {
        if (System.nanoTime() - started > LIMIT_NANOS) {
          return;
        }
      }
      connection.setIdleTimeout(idle);
    } catch (IOException | IllegalStateException ended) {
      // The caller has gone, or is too slow to be waited for: the server closes the connection.
    }
  }
}
