package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The context of a call that is under way.
final class LiveCall implements CallContext {
  private final String backend;
  private final CallOptions options;
  private final long deadline;
  private final List<Adjustment> adjustments = new CopyOnWriteArrayList<>();

  LiveCall(String backend, CallOptions options, Duration total) {
    this.backend = backend;
    this.options = options;
    this.deadline = System.nanoTime() + total.toNanos();
  }

  @Override
  public String requestId() {
    return options.requestId();
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  @Override
  public Optional<Secret> credential(String service, String key) {
    return Optional.ofNullable(options.credentials().get(service + "/" + key));
  }

  @Override
  public void adjusted(String path, Action action, String reason) {
    if (options.strict()) {
      throw new BackendException(
          ErrorKind.INVALID_REQUEST,
          "Strict mode: backend '%s' cannot take '%s' as it is: %s"
              .formatted(backend, path, reason));
    }
    adjustments.add(new Adjustment(path, action, reason));
  }

  List<Adjustment> adjustments() {
    return List.copyOf(adjustments);
  }
}
