package com.example.anthropic;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A body as it comes in, in order and up to its end. The JDK's own stream forgets what it has not
/// handed out yet when the connection breaks; a caller is to get it. One thread reads; any thread
/// may close. What is not read stays with the upstream.
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  private static final List<ByteBuffer> END = new ArrayList<>(0);

  private final BlockingQueue<List<ByteBuffer>> received = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> current = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;
  private boolean ended;

  /// The body can be read as soon as the head has come.
  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    if (closed) {
      source.cancel();
    } else {
      source.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    received.add(buffers);
  }

  @Override
  public void onError(Throwable broken) {
    failure = broken;
    received.add(END);
  }

  @Override
  public void onComplete() {
    received.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (current.isEmpty() || !current.peek().hasRemaining()) {
      if (current.poll() == null && !advance()) {
        return -1;
      }
    }
    ByteBuffer buffer = current.element();
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }

  /// Waits for more; false at the end.
  private boolean advance() throws IOException {
    List<ByteBuffer> next = ended ? END : take();
    if (closed) {
      throw new IOException("closed");
    }
    ended = next == END;
    if (ended && failure != null) {
      throw new IOException(failure);
    }
    current.addAll(next);
    Flow.Subscription source = subscription;
    if (!ended && source != null) {
      source.request(1);
    }
    return !ended;
  }

  private List<ByteBuffer> take() throws InterruptedIOException {
    try {
      return received.take();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /// Ends the connection if the body has not been read to its end.
  @Override
  public void close() {
    closed = true;
    Flow.Subscription source = subscription;
    if (source != null) {
      source.cancel();
    }
    received.add(END);
  }
}
