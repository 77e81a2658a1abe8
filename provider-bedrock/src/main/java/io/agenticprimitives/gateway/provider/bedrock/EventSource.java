package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import java.util.NoSuchElementException;

/// The events of one answer, read from its body. Not thread-safe.
interface EventSource {

  /// The next event.
  ///
  /// @throws BackendException if the answer fails; nothing comes after it
  /// @throws NoSuchElementException after [StreamEvent.Finished]
  StreamEvent next();
}
