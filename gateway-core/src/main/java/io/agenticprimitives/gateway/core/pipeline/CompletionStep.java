package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;

/// One step of the call pipeline: it hands the request to the next step and watches over the stream
/// that comes back.
@FunctionalInterface
public interface CompletionStep {
  /// The same contract as
  /// [LlmBackend.stream][io.agenticprimitives.gateway.api.llm.LlmBackend#stream].
  EventStream stream(CompletionRequest request, PipelineCall call);
}
