package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A call that keeps what is reported to it, or refuses it as in strict mode.
final class RecordingCall implements CallContext {
  private final boolean strict;
  private final List<Report> reports = new ArrayList<>();

  RecordingCall(boolean strict) {
    this.strict = strict;
  }

  record Report(String path, Action action, String reason) {}

  List<Report> reports() {
    return reports;
  }

  /// The reports as short lines, `CHANGED messages[0]` for instance.
  List<String> lines() {
    return reports.stream().map(report -> report.action() + " " + report.path()).toList();
  }

  @Override
  public void adjusted(String path, Action action, String reason) {
    if (strict) {
      throw new BackendException(ErrorKind.INVALID_REQUEST, path + ": " + reason);
    }
    reports.add(new Report(path, action, reason));
  }

  @Override
  public String requestId() {
    return "test";
  }

  @Override
  public Duration remaining() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Optional<Secret> credential(String service, String key) {
    return Optional.empty();
  }
}
