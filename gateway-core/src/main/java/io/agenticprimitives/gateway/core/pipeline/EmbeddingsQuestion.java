package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.config.Timeouts;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks for the vectors of texts. Its stream has one event, the last; the vectors go past it.
///
/// @param answer takes the vectors, before that event is given
public record EmbeddingsQuestion(EmbeddingRequest request, Consumer<Embeddings> answer)
    implements Question {
  @Override
  public String model() {
    return request.model();
  }

  @Override
  public Question withModel(String model) {
    return new EmbeddingsQuestion(request.withModel(model), answer);
  }

  @Override
  public Duration firstEvent(Timeouts timeouts) {
    return timeouts.firstEvent();
  }

  @Override
  public EventStream ask(String backend, PluginBoundary plugin, CallContext call) {
    return new VectorStream(plugin, call);
  }

  private final class VectorStream implements EventStream {
    private final PluginBoundary plugin;
    private final CallContext call;
    private @Nullable Thread worker;
    private boolean closed;

    VectorStream(PluginBoundary plugin, CallContext call) {
      this.plugin = plugin;
      this.call = call;
    }

    @Override
    public StreamEvent next() {
      begin();
      try {
        Embeddings made = plugin.embed(request, call);
        answer.accept(made);
        return new StreamEvent.Finished(StopReason.END_TURN, "", made.usage());
      } finally {
        end();
      }
    }

    private synchronized void begin() {
      if (closed) {
        throw Cancelled.failure();
      }
      worker = Thread.currentThread();
    }

    /// An interrupt that came from here must not reach what the thread does next.
    private synchronized void end() {
      worker = null;
      if (closed) {
        Thread.interrupted();
      }
    }

    /// There is nothing else to close: a plugin that waits is interrupted.
    @Override
    public synchronized void close() {
      closed = true;
      if (worker != null) {
        worker.interrupt();
      }
    }
  }
}
