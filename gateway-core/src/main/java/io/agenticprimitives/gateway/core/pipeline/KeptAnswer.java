package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;

/// The events of an answer that is kept until it is complete, because it is wanted in one piece. An
/// upstream that does not come to an end must not take all memory.
final class KeptAnswer implements EventStream {
  /// Memory is reserved in steps of this size, in bytes.
  private static final int STEP = 64 << 10;

  /// An event, and what holds it.
  private static final int EVENT = 64;

  /// The text as an event, in the whole answer, as JSON, and as what is sent.
  private static final int COPIES = 4;

  private final EventStream events;
  private final CallContext call;
  private int unreserved;

  KeptAnswer(EventStream events, CallContext call) {
    this.events = events;
    this.call = call;
  }

  @Override
  public StreamEvent next() {
    StreamEvent event = events.next();
    unreserved += EVENT + COPIES * lengthOf(event);
    if (unreserved >= STEP) {
      call.reserveMemory(unreserved);
      unreserved = 0;
    }
    return event;
  }

  private static int lengthOf(StreamEvent event) {
    return switch (event) {
      case StreamEvent.TextDelta delta -> delta.text().length();
      case StreamEvent.ReasoningDelta delta -> delta.text().length();
      case StreamEvent.RefusalDelta delta -> delta.text().length();
      case StreamEvent.ToolCallDelta delta -> delta.arguments().length();
      case StreamEvent.ReasoningBlock block -> block.opaque().text().length();
      case StreamEvent.Extension extension -> extension.value().text().length();
      case StreamEvent.DialectField field -> field.value().text().length();
      case StreamEvent.Started _,
          StreamEvent.ToolCallStarted _,
          StreamEvent.ToolCallEnded _,
          StreamEvent.Finished _ ->
          0;
    };
  }

  @Override
  public void close() {
    events.close();
  }
}
