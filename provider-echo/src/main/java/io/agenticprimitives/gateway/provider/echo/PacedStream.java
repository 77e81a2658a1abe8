package io.agenticprimitives.gateway.provider.echo;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Events with a pause before each piece of text, until it is closed.
final class PacedStream implements EventStream {
  private final Iterator<StreamEvent> events;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);

  PacedStream(List<StreamEvent> events, Duration pause) {
    this.events = events.iterator();
    this.pause = pause;
  }

  @Override
  public StreamEvent next() {
    StreamEvent event = events.next();
    Duration wait = event instanceof StreamEvent.TextDelta ? pause : Duration.ZERO;
    if (closedWithin(wait)) {
      throw new BackendException(ErrorKind.CANCELLED, "The stream was closed.");
    }
    return event;
  }

  private boolean closedWithin(Duration wait) {
    try {
      return closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
