package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.core.config.Timeouts;
import java.time.Duration;

/// What a call asks of a backend. The steps of the pipeline treat all questions alike.
public interface Question {
  /// The model that is asked for; empty for the backend's default.
  String model();

  /// The same question to another model.
  Question withModel(String model);

  /// Whether who asks sees the answer as it comes.
  Delivery delivery();

  /// How long the backend may take to its first event.
  Duration firstEvent(Timeouts timeouts);

  /// Asks a backend. Nothing is sent before the first event of the stream is asked for, the stream
  /// ends in exactly one [Finished][io.agenticprimitives.gateway.api.llm.StreamEvent.Finished] or
  /// in a failure, and closing it ends the work.
  ///
  /// @param backend its name
  /// @param call whose attempt has begun
  EventStream ask(String backend, PluginBoundary plugin, PipelineCall call);
}
