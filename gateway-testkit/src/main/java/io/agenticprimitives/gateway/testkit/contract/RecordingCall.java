package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A call without credentials that keeps what is reported to it. Thread-safe.
final class RecordingCall implements CallContext {
  private final List<String> adjustments = new CopyOnWriteArrayList<>();

  /// What was reported, each as `ACTION path: reason`.
  List<String> adjustments() {
    return List.copyOf(adjustments);
  }

  @Override
  public String requestId() {
    return "contract-1";
  }

  @Override
  public Duration remaining() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Optional<Secret> credential(String service, String key) {
    return Optional.empty();
  }

  @Override
  public void adjusted(String path, Action action, String reason) {
    Advice.require(
        !path.isBlank() && !reason.isBlank(),
        "A part was adjusted without a path or a reason: '%s' '%s'.".formatted(path, reason),
        "Name the place in the caller's request, and say in a sentence why.");
    adjustments.add("%s %s: %s".formatted(action, path, reason));
  }
}
