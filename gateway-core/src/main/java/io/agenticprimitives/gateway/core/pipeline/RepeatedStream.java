package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A stream that may be opened anew as long as the caller has seen nothing of the answer. Once it
/// has, every failure is the caller's to know: nothing is repeated any more. Events that show
/// nothing are held back until one comes that does; who wants the answer in one piece sees nothing
/// before its end.
abstract class RepeatedStream implements EventStream {
  private final Delivery delivery;
  private final Closing closing = new Closing();
  private final Queue<StreamEvent> held = new ArrayDeque<>();
  private @Nullable EventStream begun;

  RepeatedStream(Delivery delivery) {
    this.delivery = delivery;
  }

  /// Opens it once more. Must not wait for the upstream.
  ///
  /// @throws BackendException if that fails, which is a failure like any other
  abstract EventStream open();

  /// Decides what comes after a failure: returns if the stream is to be opened once more, after
  /// whatever wait there must be.
  ///
  /// @throws BackendException what the caller is told, if not
  abstract void afterFailure(BackendException failure);

  final Closing closing() {
    return closing;
  }

  @Override
  public final StreamEvent next() {
    EventStream events = begun;
    if (events != null) {
      StreamEvent event = held.poll();
      return event == null ? events.next() : event;
    }
    while (!closing.isClosed()) {
      try {
        return first();
      } catch (BackendException failure) {
        if (!closing.isClosed()) {
          afterFailure(failure);
        }
      }
    }
    throw Cancelled.failure();
  }

  private StreamEvent first() {
    EventStream events = open();
    closing.busyWith(events::close);
    held.clear();
    try {
      StreamEvent event;
      do {
        event = events.next();
        held.add(event);
      } while (!isSeen(event));
      begun = events;
      return held.remove();
    } finally {
      if (begun == null) {
        events.close();
      }
    }
  }

  /// Whether the caller gets to see something with this event.
  private boolean isSeen(StreamEvent event) {
    if (delivery == Delivery.WHOLE) {
      return event instanceof StreamEvent.Finished;
    }
    return switch (event) {
      case StreamEvent.Started _, StreamEvent.Extension _ -> false;
      case StreamEvent.DialectField field -> !field.place().equals(AnswerPlace.ANSWER);
      case StreamEvent.TextDelta _,
          StreamEvent.ReasoningDelta _,
          StreamEvent.ReasoningBlock _,
          StreamEvent.RefusalDelta _,
          StreamEvent.ToolCallStarted _,
          StreamEvent.ToolCallDelta _,
          StreamEvent.ToolCallEnded _,
          StreamEvent.Finished _ ->
          true;
    };
  }

  @Override
  public final void close() {
    closing.close();
  }
}
