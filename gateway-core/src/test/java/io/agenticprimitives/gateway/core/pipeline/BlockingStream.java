package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Some events and then silence, until it is closed.
public final class BlockingStream implements EventStream {
  private final Iterator<StreamEvent> events;
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  public BlockingStream(StreamEvent... events) {
    this.events = List.of(events).iterator();
  }

  @Override
  public StreamEvent next() {
    if (events.hasNext()) {
      return events.next();
    }
    waiting.countDown();
    try {
      closed.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    throw new BackendException(ErrorKind.CANCELLED, "closed");
  }

  /// Waits until somebody waits for an event that does not come.
  public void awaitWaiting() throws InterruptedException {
    waiting.await();
  }

  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
