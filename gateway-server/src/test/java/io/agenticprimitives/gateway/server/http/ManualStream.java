package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A stream whose events come when the test says so. It is silent until then, as a model that
/// thinks.
final class ManualStream implements EventStream {
  private static final Object CLOSED = new Object();

  private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long closedAt;

  ManualStream emit(StreamEvent... events) {
    for (StreamEvent event : events) {
      queue.add(event);
    }
    return this;
  }

  ManualStream fail(RuntimeException failure) {
    queue.add(failure);
    return this;
  }

  @Override
  public StreamEvent next() {
    asked.countDown();
    try {
      return switch (queue.take()) {
        case StreamEvent event -> event;
        case RuntimeException failure -> throw failure;
        default -> throw new BackendException(ErrorKind.CANCELLED, "closed");
      };
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    if (closed.getCount() > 0) {
      closedAt = System.nanoTime();
      queue.add(CLOSED);
      closed.countDown();
    }
  }

  void awaitAsked() throws InterruptedException {
    assertThat(asked.await(10, TimeUnit.SECONDS)).as("the backend is asked").isTrue();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /// Waits until the stream is closed, and tells how long after a moment that was.
  Duration awaitClosed(long since) throws InterruptedException {
    assertThat(closed.await(10, TimeUnit.SECONDS)).as("the stream is closed").isTrue();
    return Duration.ofNanos(closedAt - since);
  }
}
