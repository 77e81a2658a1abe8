package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A stream of a plugin, which is opened by the first [#next()] and closed once. Closing it does
/// not wait for a thread that is in it.
final class PluginStream implements EventStream {
  private final PluginBoundary boundary;
  private final Visit visit;
  private final String method;
  private final Supplier<EventStream> opening;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable EventStream events;
  private volatile boolean finished;

  /// @param method of the plugin, which opens the stream
  PluginStream(PluginBoundary boundary, Visit visit, String method, Supplier<EventStream> opening) {
    this.boundary = boundary;
    this.visit = visit;
    this.method = method;
    this.opening = opening;
  }

  @Override
  public StreamEvent next() {
    if (!visit.enter()) {
      throw Cancelled.failure();
    }
    try {
      EventStream known = events;
      EventStream open = known == null ? open() : known;
      StreamEvent event = boundary.inPlugin("next", () -> Objects.requireNonNull(open.next()));
      finished = event instanceof StreamEvent.Finished;
      return event;
    } finally {
      visit.leave();
    }
  }

  private EventStream open() {
    EventStream opened = boundary.inPlugin(method, () -> Objects.requireNonNull(opening.get()));
    events = opened;
    if (visit.isOver()) {
      close(opened);
      throw Cancelled.failure();
    }
    return opened;
  }

  @Override
  public void close() {
    if (!visit.end()) {
      return;
    }
    try {
      EventStream open = events;
      if (open == null) {
        // There is nothing yet that could be closed.
        visit.interruptOthers();
      } else if (visit.isAnybodyElseInside()) {
        visit.send("close-stream", () -> close(open));
      } else {
        // After a good end whoever waits for the answer has it already.
        if (!finished) {
          visit.watch();
        }
        close(open);
      }
    } finally {
      visit.leave();
    }
  }

  private void close(EventStream open) {
    if (closed.compareAndSet(false, true)) {
      boundary.closeQuietly("close of a stream", open);
    }
  }
}
