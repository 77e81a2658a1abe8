package io.agenticprimitives.gateway.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/// Closes connections whose request headers take too long. The idle timeout does not see them: a
/// caller who sends a byte now and then is never idle, and could keep connections open for days.
final class SlowHeaders extends AbstractLifeCycle {
  private final ServerConnector connector;
  private final long limitNanos;
  private final long intervalMillis;

  SlowHeaders(ServerConnector connector, Duration limit) {
    this.connector = connector;
    this.limitNanos = limit.toNanos();
    this.intervalMillis = Math.clamp(limit.toMillis() / 4, 10, 5_000);
  }

  @Override
  protected void doStart() {
    scheduleNext();
  }

  private void scheduleNext() {
    connector.getScheduler().schedule(this::closeSlow, intervalMillis, TimeUnit.MILLISECONDS);
  }

  private void closeSlow() {
    for (EndPoint connection : connector.getConnectedEndPoints()) {
      if (connection.getConnection() instanceof HttpConnection http && isSlow(http.getParser())) {
        connection.close();
      }
    }
    if (isRunning()) {
      scheduleNext();
    }
  }

  private boolean isSlow(HttpParser parser) {
    return parser.inHeaderState()
        && !parser.isStart()
        && System.nanoTime() - parser.getBeginNanoTime() > limitNanos;
  }
}
