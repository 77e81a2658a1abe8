package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.BitSet;
import java.util.NoSuchElementException;
import java.util.UUID;

/// A backend's stream, held to the grammar of [EventStream], so that whoever reads it can trust it:
/// a breach is a failure that the caller is told of. It also makes ids for tool calls that have
/// none and leaves out empty pieces.
final class CheckedStream implements EventStream {
  private final String backend;
  private final EventStream events;
  private boolean started;
  private boolean over;
  private int calls;
  private final BitSet openCalls = new BitSet();

  CheckedStream(String backend, EventStream events) {
    this.backend = backend;
    this.events = events;
  }

  @Override
  public StreamEvent next() {
    if (over) {
      throw new NoSuchElementException("The stream is over");
    }
    try {
      StreamEvent event = events.next();
      while (isEmpty(event)) {
        event = events.next();
      }
      return checked(event);
    } catch (BackendException failure) {
      over = true;
      throw failure;
    }
  }

  private StreamEvent checked(StreamEvent event) {
    if (!started && !(event instanceof StreamEvent.Started)) {
      throw breach("it began with " + nameOf(event));
    }
    switch (event) {
      case StreamEvent.Started _ -> start();
      case StreamEvent.ToolCallStarted call -> {
        return open(call);
      }
      case StreamEvent.ToolCallDelta delta -> requireOpen(delta.index(), event);
      case StreamEvent.ToolCallEnded ended -> {
        requireOpen(ended.index(), event);
        openCalls.clear(ended.index());
      }
      case StreamEvent.Finished _ -> finish();
      case StreamEvent.TextDelta _,
          StreamEvent.ReasoningDelta _,
          StreamEvent.ReasoningBlock _,
          StreamEvent.RefusalDelta _,
          StreamEvent.Extension _,
          StreamEvent.DialectField _ -> {}
    }
    return event;
  }

  private void start() {
    if (started) {
      throw breach("it started twice");
    }
    started = true;
  }

  private StreamEvent.ToolCallStarted open(StreamEvent.ToolCallStarted call) {
    if (call.index() != calls) {
      throw breach("tool call " + call.index() + " started where " + calls + " was next");
    }
    openCalls.set(calls++);
    return call.id().isEmpty()
        ? new StreamEvent.ToolCallStarted(call.index(), newCallId(), call.name())
        : call;
  }

  private void requireOpen(int index, StreamEvent event) {
    if (index < 0 || !openCalls.get(index)) {
      throw breach(nameOf(event) + " came for tool call " + index + ", which is not open");
    }
  }

  private void finish() {
    if (!openCalls.isEmpty()) {
      throw breach("it finished while tool call " + openCalls.nextSetBit(0) + " was open");
    }
    over = true;
  }

  private BackendException breach(String what) {
    over = true;
    return new BackendException(
        ErrorKind.INTERNAL,
        "The provider of backend '" + backend + "' broke the rules of a stream: " + what + ".");
  }

  @Override
  public void close() {
    events.close();
  }

  private static boolean isEmpty(StreamEvent event) {
    return switch (event) {
      case StreamEvent.TextDelta delta -> delta.text().isEmpty();
      case StreamEvent.ReasoningDelta delta -> delta.text().isEmpty();
      case StreamEvent.RefusalDelta delta -> delta.text().isEmpty();
      case StreamEvent.ToolCallDelta delta -> delta.arguments().isEmpty();
      case StreamEvent.Started _,
          StreamEvent.ReasoningBlock _,
          StreamEvent.ToolCallStarted _,
          StreamEvent.ToolCallEnded _,
          StreamEvent.Extension _,
          StreamEvent.DialectField _,
          StreamEvent.Finished _ ->
          false;
    };
  }

  private static String nameOf(StreamEvent event) {
    return event.getClass().getSimpleName();
  }

  /// An id that every upstream accepts when it comes back: letters, digits and one underscore.
  private static String newCallId() {
    return "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
  }
}
