package com.example.anthropic;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A call as the gateway makes them, which remembers what it is told.
final class TestCall implements CallContext {
  final List<String> adjustments = new ArrayList<>();
  final Map<String, String> answerHeaders = new ConcurrentHashMap<>();
  private Optional<Secret> key = Optional.empty();
  private Optional<Secret> authorization = Optional.empty();
  private boolean strict;

  TestCall withKey(String apiKey) {
    key = Optional.of(new Secret(apiKey));
    return this;
  }

  TestCall withAuthorization(String header) {
    authorization = Optional.of(new Secret(header));
    return this;
  }

  TestCall strict() {
    strict = true;
    return this;
  }

  @Override
  public String requestId() {
    return "test-call";
  }

  @Override
  public Duration remaining() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Optional<Secret> credential(String service, String name) {
    return service.equals("anthropic") && name.equals("api_key") ? key : Optional.empty();
  }

  @Override
  public Optional<Secret> callerAuthorization() {
    return authorization;
  }

  @Override
  public void adjusted(String path, Action action, String reason) {
    if (strict) {
      throw new BackendException(ErrorKind.UNSUPPORTED, reason).withParameter(path);
    }
    adjustments.add(path + " " + action);
  }

  @Override
  public void answerHeader(String name, String value) {
    answerHeaders.put(name, value);
  }
}
