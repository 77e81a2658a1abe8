package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.AnswerPlace;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.ArrayDeque;
import java.util.Queue;

/// Gives no event before one has come that the caller gets to see something of, so that an answer
/// that fails before may be asked for again. Who wants it in one piece sees nothing before its end.
final class HoldBack implements PipelineStep {
  private final PipelineStep next;

  HoldBack(PipelineStep next) {
    this.next = next;
  }

  @Override
  public EventStream stream(Question question, PipelineCall call) {
    return new HeldStream(next.stream(question, call), question.delivery());
  }

  private static final class HeldStream implements EventStream {
    private final EventStream events;
    private final Delivery delivery;
    private final Queue<StreamEvent> held = new ArrayDeque<>();
    private boolean seen;

    HeldStream(EventStream events, Delivery delivery) {
      this.events = events;
      this.delivery = delivery;
    }

    @Override
    public StreamEvent next() {
      while (!seen) {
        hold();
      }
      StreamEvent first = held.poll();
      return first == null ? events.next() : first;
    }

    private void hold() {
      boolean good = false;
      try {
        StreamEvent event = events.next();
        held.add(event);
        seen = isSeen(event);
        good = true;
      } finally {
        if (!good) {
          // Nobody will read them, and others may need the memory.
          held.clear();
        }
      }
    }

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
    public void close() {
      events.close();
    }
  }
}
