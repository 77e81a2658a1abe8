package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.Health;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import io.agenticprimitives.gateway.core.pipeline.ScriptedBackend;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// A backend that notes when it is used after its end or ended while it is used.
final class TrackedBackend implements LlmBackend {
  final String text;
  final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> faults;
  private int inside;
  private int ends;

  TrackedBackend(String text, List<String> faults) {
    this.text = text;
    this.faults = faults;
  }

  synchronized int ends() {
    return ends;
  }

  private synchronized void enter(String what) {
    inside++;
    if (ends > 0) {
      faults.add(text + ": " + what + " after the end");
    }
  }

  private synchronized void leave() {
    inside--;
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    enter("stream");
    AtomicBoolean left = new AtomicBoolean();
    Iterator<StreamEvent> events =
        List.<StreamEvent>of(
                new StreamEvent.Started("m"),
                new StreamEvent.TextDelta(text),
                ScriptedBackend.FINISH)
            .iterator();
    return new EventStream() {
      @Override
      public StreamEvent next() {
        Thread.onSpinWait();
        return events.next();
      }

      @Override
      public void close() {
        if (left.compareAndSet(false, true)) {
          leave();
        }
      }
    };
  }

  @Override
  public Embeddings embed(EmbeddingRequest request, CallContext call) {
    enter("embed");
    Thread.onSpinWait();
    leave();
    return new Embeddings("m", List.of(), Usage.UNKNOWN, List.of());
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    enter("models");
    Thread.onSpinWait();
    leave();
    return List.of(ModelInfo.of(text));
  }

  @Override
  public Health health(CallContext call) {
    enter("health");
    Thread.onSpinWait();
    leave();
    return Health.OK;
  }

  @Override
  public synchronized void close() {
    ends++;
    if (inside > 0) {
      faults.add(text + ": ended while it was used");
    }
    if (ends > 1) {
      faults.add(text + ": ended twice");
    }
    closed.countDown();
  }
}
