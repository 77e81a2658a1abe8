package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.ResponseFormat;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/// A small, complete backend that knows text only, or one with a fault.
final class LineBackend implements LlmBackend {
  static final String KEY = "line-key-4711";

  private final URI upstream;
  private final Fault fault;
  private volatile String lastWords = "";

  LineBackend(URI upstream, Fault fault) {
    this.upstream = upstream;
    this.fault = fault;
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    report(request, call);
    String words =
        request.messages().stream()
            .flatMap(message -> message.content().stream())
            .map(block -> text(block, call))
            .collect(Collectors.joining("\n", request.model() + "\n", "\n"));
    if (fault == Fault.MIXES_CALLS) {
      lastWords = lastWords.isEmpty() ? words : lastWords;
      words = lastWords;
    }
    LineStream stream = new LineStream(upstream, words, fault);
    if (fault == Fault.WAITS_IN_STREAM) {
      stream.await();
    }
    return stream;
  }

  private static void report(CompletionRequest request, CallContext call) {
    boolean plain =
        request.tools().isEmpty()
            && request.extras().isEmpty()
            && request.sampling().equals(Sampling.UNSET)
            && request.responseFormat().filter(f -> !(f instanceof ResponseFormat.Text)).isEmpty();
    if (!plain) {
      call.adjusted("(request)", CallContext.Action.DROPPED, "Lines are text only.");
    }
    if (request.messages().stream().anyMatch(Message.Other.class::isInstance)) {
      throw new BackendException(ErrorKind.UNSUPPORTED, "Lines have no such role.");
    }
  }

  private String text(ContentBlock block, CallContext call) {
    if (block instanceof ContentBlock.Text words) {
      return words.text();
    }
    if (!(block instanceof ContentBlock.Image && fault == Fault.DROPS_PICTURES)) {
      call.adjusted("messages", CallContext.Action.DROPPED, "Lines are text only.");
    }
    return "";
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return List.of();
  }

  @Override
  public void close() {}
}
