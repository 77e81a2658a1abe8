package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A call that remembers what was reported.
final class TestCall implements CallContext {
  private final Map<String, Secret> credentials;
  private final Duration remaining;
  private final Optional<Secret> authorization;
  private final List<String> adjustments = new CopyOnWriteArrayList<>();

  private TestCall(
      Map<String, Secret> credentials, Duration remaining, Optional<Secret> authorization) {
    this.credentials = credentials;
    this.remaining = remaining;
    this.authorization = authorization;
  }

  static TestCall plain() {
    return within(Duration.ofMinutes(1));
  }

  static TestCall within(Duration remaining) {
    return new TestCall(Map.of(), remaining, Optional.empty());
  }

  static TestCall withKey(String key) {
    return new TestCall(
        Map.of("openai/api_key", new Secret(key)), Duration.ofMinutes(1), Optional.empty());
  }

  /// With the header of the caller, which the operator passes on.
  TestCall passing(String header) {
    return new TestCall(credentials, remaining, Optional.of(new Secret(header)));
  }

  /// Each as `ACTION path`.
  List<String> adjustments() {
    return List.copyOf(adjustments);
  }

  @Override
  public String requestId() {
    return "request-1";
  }

  @Override
  public Duration remaining() {
    return remaining;
  }

  @Override
  public Optional<Secret> credential(String service, String key) {
    return Optional.ofNullable(credentials.get(service + "/" + key));
  }

  @Override
  public Optional<Secret> callerAuthorization() {
    return authorization;
  }

  @Override
  public void adjusted(String path, Action action, String reason) {
    adjustments.add(action + " " + path);
  }
}
