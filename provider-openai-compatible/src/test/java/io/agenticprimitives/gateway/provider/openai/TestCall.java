package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A call that writes down what is adjusted.
final class TestCall implements CallContext {
  static final BackendContext BACKEND =
      new BackendContext() {
        @Override
        public String backendName() {
          return "local";
        }

        @Override
        public Duration connectTimeout() {
          return Duration.ofSeconds(5);
        }

        @Override
        public ServerCredentials serverCredentials() {
          return ServerCredentials.NEVER;
        }
      };

  final List<String> adjusted = new ArrayList<>();
  private final Optional<Secret> key;

  TestCall() {
    this(Optional.empty());
  }

  TestCall(Optional<Secret> key) {
    this.key = key;
  }

  @Override
  public String requestId() {
    return "request-1";
  }

  @Override
  public Duration remaining() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Optional<Secret> credential(String service, String name) {
    return service.equals("openai") && name.equals("api_key") ? key : Optional.empty();
  }

  @Override
  public void adjusted(String path, Action action, String reason) {
    adjusted.add(path);
  }
}
