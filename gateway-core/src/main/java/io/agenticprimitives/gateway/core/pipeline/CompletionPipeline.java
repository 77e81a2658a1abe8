package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.core.config.Timeouts;

/// The way of a completion to one backend, read from the outermost step to the innermost.
public final class CompletionPipeline {
  private CompletionPipeline() {}

  /// The steps in front of a backend.
  ///
  /// @param backendName for messages
  /// @param backend behind its [PluginBoundary]
  public static CompletionStep to(
      String backendName, PluginBoundary backend, Timeouts timeouts, DeadlineTimer timer) {
    LlmBackend plugin = backend;
    CompletionStep grammar = new StreamGrammar(backendName, plugin::stream);
    return new Deadlines(backendName, timeouts, timer, grammar);
  }
}
