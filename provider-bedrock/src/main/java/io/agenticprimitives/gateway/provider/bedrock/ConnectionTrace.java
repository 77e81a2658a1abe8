package io.agenticprimitives.gateway.provider.bedrock;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.SocketException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/// What became of the connection of one HTTP call. Each request carries its own as a tag. Written
/// by the threads of the call, read by the thread that executed it.
final class ConnectionTrace extends EventListener {
  /// An upstream that has closed an idle connection resets it a round trip after it is used again.
  /// Whatever fails later may have been at work on the request.
  private static final long ROUND_TRIP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile @Nullable Connection connection;
  private volatile boolean fresh;
  private volatile long sentAt;
  private volatile boolean sent;
  private volatile boolean answered;
  private volatile boolean bodyEnded;

  /// The trace that a request carries.
  static ConnectionTrace of(Request request) {
    return Objects.requireNonNull(request.tag(ConnectionTrace.class));
  }

  @Override
  public void connectStart(Call unused, InetSocketAddress address, Proxy proxy) {
    fresh = true;
  }

  @Override
  public void connectionAcquired(Call unused, Connection acquired) {
    connection = acquired;
  }

  @Override
  public void requestHeadersStart(Call unused) {
    sentAt = System.nanoTime();
    sent = true;
  }

  @Override
  public void responseHeadersStart(Call unused) {
    answered = true;
  }

  @Override
  public void responseBodyEnd(Call unused, long byteCount) {
    bodyEnded = true;
  }

  /// Whether the call failed because a kept connection had ended unnoticed, so that the upstream
  /// has not seen the request.
  boolean wasStale(IOException failure) {
    boolean ended =
        !(failure instanceof ProtocolException) && !(failure instanceof InterruptedIOException);
    return ended && sent && !fresh && !answered && System.nanoTime() - sentAt < ROUND_TRIP_NANOS;
  }

  /// Whether the answer was read to its end, which leaves the connection to the next call.
  boolean isBodyEnded() {
    return bodyEnded;
  }

  /// Bounds how long each read waits until the connection serves its next call.
  void limitReads(int millis) throws SocketException {
    Connection current = connection;
    if (current != null) {
      current.socket().setSoTimeout(millis);
    }
  }
}
