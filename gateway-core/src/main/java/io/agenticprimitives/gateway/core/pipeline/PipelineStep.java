package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.EventStream;

/// One step of the call pipeline: it hands the question to the next step and watches over the
/// stream that comes back.
@FunctionalInterface
public interface PipelineStep {
  /// The same contract as
  /// [LlmBackend.stream][io.agenticprimitives.gateway.api.llm.LlmBackend#stream].
  EventStream stream(Question question, PipelineCall call);
}
