package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.NoSuchElementException;

/// The events of one answer, pulled by one thread, in the grammar of
/// [EventStream][io.agenticprimitives.gateway.api.llm.EventStream].
interface EventSource {

  /// The next event; it reads from the upstream where it must.
  ///
  /// @throws BackendException if the answer fails; nothing comes after it
  /// @throws NoSuchElementException after the last event
  StreamEvent next();
}
