package io.agenticprimitives.gateway.core.pipeline;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.core.config.Timeouts;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// A backend that may serve a call.
///
/// @param backend its name
/// @param model what is asked for there instead of what the caller wrote; empty text for the
///   backend's default; absent if the caller's model is kept
/// @param total how long a call may take there in all, counted from its beginning
/// @param retries how many attempts may be made there beyond the first
/// @param passAuthorization whether it gets the caller's `Authorization` header
/// @param pipeline the way there
public record Target(
    String backend,
    Optional<String> model,
    Duration total,
    int retries,
    boolean passAuthorization,
    PipelineStep pipeline) {
  public Target {
    Objects.requireNonNull(backend);
    Objects.requireNonNull(model);
    Objects.requireNonNull(total);
    Objects.requireNonNull(pipeline);
  }

  /// A backend that cannot serve.
  public static Target unavailable(String backend, BackendException why) {
    PipelineStep refusal =
        (_, call) -> {
          call.begin(backend, Duration.ZERO).fail(why);
          throw why;
        };
    return new Target(backend, Optional.empty(), Timeouts.DEFAULT.total(), 0, false, refusal);
  }

  /// The question as it is asked there.
  Question adapt(Question question) {
    return model.map(question::withModel).orElse(question);
  }
}
