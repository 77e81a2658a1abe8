package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.BitSet;
import java.util.NoSuchElementException;

/// A stream that must keep the grammar of [EventStream]; the gateway ends one that does not.
final class GrammarCheck implements EventStream {
  private static final String REMEDY =
      "Keep the grammar that EventStream describes: the gateway ends a stream that does not.";

  private final EventStream events;
  private boolean started;
  private int calls;
  private final BitSet open = new BitSet();

  GrammarCheck(EventStream events) {
    this.events = events;
  }

  @Override
  public StreamEvent next() {
    StreamEvent event = pulled();
    Advice.require(
        started != event instanceof StreamEvent.Started,
        started ? "Started came twice." : "The stream began with " + nameOf(event) + ".",
        REMEDY);
    started = true;
    switch (event) {
      case StreamEvent.ToolCallStarted call -> start(call);
      case StreamEvent.ToolCallDelta delta -> requireOpen(delta.index(), event);
      case StreamEvent.ToolCallEnded ended -> {
        requireOpen(ended.index(), event);
        open.clear(ended.index());
      }
      case StreamEvent.Finished _ -> finish();
      case StreamEvent.Started _,
          StreamEvent.TextDelta _,
          StreamEvent.ReasoningDelta _,
          StreamEvent.ReasoningBlock _,
          StreamEvent.RefusalDelta _,
          StreamEvent.Extension _,
          StreamEvent.DialectField _ -> {}
    }
    return event;
  }

  private StreamEvent pulled() {
    try {
      StreamEvent event = events.next();
      Advice.require(event != null, "next() gave null.", REMEDY);
      return event;
    } catch (BackendException told) {
      throw told;
    } catch (RuntimeException | LinkageError | StackOverflowError foreign) {
      throw Advice.breach(
          "next() threw %s, which callers see as a fault of the plugin."
              .formatted(foreign.getClass().getName()),
          "Throw a BackendException that says what the upstream did.",
          foreign);
    }
  }

  private void start(StreamEvent.ToolCallStarted call) {
    Advice.requireEqual(calls, call.index(), "The index of a tool call", "Count them from 0.");
    open.set(calls++);
  }

  private void requireOpen(int index, StreamEvent event) {
    Advice.require(
        index >= 0 && open.get(index),
        nameOf(event) + " came for tool call " + index + ", which is not open.",
        REMEDY);
  }

  private void finish() {
    Advice.require(open.isEmpty(), "Finished came while a tool call was open.", REMEDY);
    boolean more;
    try {
      more = events.next() != null;
    } catch (NoSuchElementException right) {
      more = false;
    }
    Advice.require(!more, "An event came after Finished.", REMEDY);
  }

  private static String nameOf(StreamEvent event) {
    return event.getClass().getSimpleName();
  }

  @Override
  public void close() {
    events.close();
  }
}
