package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Embedding;
import io.agenticprimitives.gateway.api.llm.EmbeddingRequest;
import io.agenticprimitives.gateway.api.llm.Embeddings;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StopReason;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.api.llm.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/// A plugin that answers each call by the next of the scripts that it was given; a good answer if
/// it has none.
public final class ScriptedBackend implements LlmBackend {
  public static final StreamEvent.Finished FINISH =
      new StreamEvent.Finished(StopReason.END_TURN, "stop", Usage.UNKNOWN);

  private final Deque<Script> scripts = new ConcurrentLinkedDeque<>();
  private final List<CompletionRequest> requests = new CopyOnWriteArrayList<>();

  /// What becomes of one call.
  @FunctionalInterface
  public interface Script {
    EventStream open(CallContext call);
  }

  /// A whole answer of one piece of text.
  public static Script answers(String text) {
    return _ ->
        EventStream.of(
            List.of(new StreamEvent.Started("m"), new StreamEvent.TextDelta(text), FINISH));
  }

  /// Some events, then a failure.
  public static Script fails(BackendException failure, StreamEvent... before) {
    return _ -> {
      Iterator<StreamEvent> events = List.of(before).iterator();
      return new EventStream() {
        @Override
        public StreamEvent next() {
          if (events.hasNext()) {
            return events.next();
          }
          throw failure;
        }

        @Override
        public void close() {}
      };
    };
  }

  public static Script fails(ErrorKind kind) {
    return fails(new BackendException(kind, "It is " + kind + "."));
  }

  /// A failure that says when to come back.
  public static Script fails(ErrorKind kind, Duration retryAfter) {
    return fails(new BackendException(kind, "It is " + kind + ".").withRetryAfter(retryAfter));
  }

  /// Some events, then silence.
  public static Script blocks(BlockingStream stream) {
    return _ -> stream;
  }

  public ScriptedBackend then(Script... more) {
    scripts.addAll(List.of(more));
    return this;
  }

  /// What it was asked, in order.
  public List<CompletionRequest> requests() {
    return new ArrayList<>(requests);
  }

  public int asked() {
    return requests.size();
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    requests.add(request);
    Script script = scripts.poll();
    return (script == null ? answers("well") : script).open(call);
  }

  /// Plays a script to its end; the vectors are of the model that was asked for.
  @Override
  public Embeddings embed(EmbeddingRequest request, CallContext call) {
    Script script = scripts.poll();
    if (script != null) {
      Completion.of(script.open(call));
    }
    return new Embeddings(
        request.model(),
        List.of(new Embedding.Numbers(new JsonText("[1]"))),
        Usage.UNKNOWN,
        List.of());
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return List.of();
  }

  @Override
  public void close() {}
}
