package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A backend that does what a test says.
///
/// @param answer to a completion
/// @param list of models
record FakeModel(
    BiFunction<CompletionRequest, CallContext, EventStream> answer,
    Function<CallContext, List<ModelInfo>> list)
    implements LlmBackend {

  static FakeModel answering(StreamEvent... events) {
    return of((request, call) -> EventStream.of(List.of(events)));
  }

  static FakeModel of(BiFunction<CompletionRequest, CallContext, EventStream> answer) {
    return new FakeModel(answer, call -> List.of(ModelInfo.of("small-1")));
  }

  static FakeModel listing(Function<CallContext, List<ModelInfo>> list) {
    return new FakeModel((request, call) -> EventStream.of(List.of()), list);
  }

  @Override
  public EventStream stream(CompletionRequest request, CallContext call) {
    return answer.apply(request, call);
  }

  @Override
  public List<ModelInfo> models(CallContext call) {
    return list.apply(call);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
