package io.agenticprimitives.gateway.provider.openai;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;

/// What became of the connection of one HTTP call. Written by the threads of the call, read by the
/// thread that executed it.
final class ConnectionTrace extends EventListener {
  /// An upstream that has closed an idle connection resets it a round trip after it is used again.
  /// Whatever fails later may have been at work on the request.
  private static final long ROUND_TRIP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile boolean fresh;
  private volatile long sentAt;
  private volatile boolean sent;
  private volatile boolean answered;
  private volatile boolean bodyEnded;

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    fresh = true;
  }

  @Override
  public void requestHeadersStart(Call call) {
    sentAt = System.nanoTime();
    sent = true;
  }

  @Override
  public void responseHeadersStart(Call call) {
    answered = true;
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
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
}
