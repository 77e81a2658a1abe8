package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Lets so many calls through at once and keeps some others waiting. A call has its place until its
/// stream ends, whichever way it ends; time in the queue counts only towards the total deadline.
final class ConcurrencyLimit implements PipelineStep {
  private final Slots slots;
  private final Duration total;
  private final PipelineStep next;

  /// @param total how long a call may take in all
  ConcurrencyLimit(Slots slots, Duration total, PipelineStep next) {
    this.slots = slots;
    this.total = total;
    this.next = next;
  }

  @Override
  public EventStream stream(Question question, PipelineCall call) {
    return new LimitedStream(question, call);
  }

  private final class LimitedStream implements EventStream {
    private final Question question;
    private final PipelineCall call;
    private final LiveAttempt attempt;
    private final Closing closing = new Closing();
    private Slots.@Nullable Slot slot;
    private @Nullable EventStream events;

    LimitedStream(Question question, PipelineCall call) {
      this.question = question;
      this.call = call;
      this.attempt = call.attempt();
    }

    @Override
    public StreamEvent next() {
      boolean failed = true;
      try {
        StreamEvent event = opened().next();
        failed = false;
        if (event instanceof StreamEvent.Finished && slot != null) {
          slot.leave();
        }
        return event;
      } finally {
        if (failed) {
          leaveAfterFailure();
        }
      }
    }

    /// The plugin may have to be closed first, or is being closed by another thread.
    private void leaveAfterFailure() {
      EventStream open = events;
      Slots.Slot taken = slot;
      if (taken != null && open != null) {
        close(open, taken);
      } else if (taken != null) {
        taken.leave();
      }
    }

    private EventStream opened() {
      EventStream open = events;
      if (open != null) {
        return open;
      }
      Slots.Slot entered = slots.enter();
      slot = entered;
      closing.busyWith(entered::giveUpWaiting);
      entered.await(call.remaining(total));
      if (closing.isClosed()) {
        throw Cancelled.failure();
      }
      EventStream admitted = next.stream(question, call);
      events = admitted;
      closing.busyWith(() -> close(admitted, entered));
      return admitted;
    }

    /// The place is free when the plugin has nothing more to do with the call.
    private void close(EventStream events, Slots.Slot slot) {
      attempt.whenOut(slot::leave);
      events.close();
    }

    @Override
    public void close() {
      closing.close();
    }
  }
}
