package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What tests of the backend have in common: its configuration, its place, requests and calls.
final class Setup {
  static final String KEY_ID = "AKIACONFIGUREDKEY01";
  static final String SECRET = "configured-secret-0123456789";

  private Setup() {}

  /// A configuration of which tests change a part.
  record Config(
      Optional<String> region,
      Optional<URI> endpoint,
      Optional<String> profile,
      Optional<String> roleArn,
      Optional<Secret> keyId,
      Optional<Secret> secret,
      Optional<Secret> token,
      Optional<Secret> apiKey) {

    static Config at(URI endpoint) {
      return new Config(
          Optional.empty(),
          Optional.of(endpoint),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    Config withKeys() {
      return new Config(
          region,
          endpoint,
          profile,
          roleArn,
          Optional.of(new Secret(KEY_ID)),
          Optional.of(new Secret(SECRET)),
          token,
          apiKey);
    }

    Config withToken(String value) {
      return new Config(
          region,
          endpoint,
          profile,
          roleArn,
          keyId,
          secret,
          Optional.of(new Secret(value)),
          apiKey);
    }

    Config withApiKey(String value) {
      return new Config(
          region, endpoint, profile, roleArn, keyId, secret, token, Optional.of(new Secret(value)));
    }

    Config withRole(String arn) {
      return new Config(region, endpoint, profile, Optional.of(arn), keyId, secret, token, apiKey);
    }

    Config withProfile(String name) {
      return new Config(region, endpoint, Optional.of(name), roleArn, keyId, secret, token, apiKey);
    }

    Config withRegion(String name) {
      return new Config(
          Optional.of(name), endpoint, profile, roleArn, keyId, secret, token, apiKey);
    }

    BedrockConfig build() {
      return new BedrockConfig(
          region,
          "us.anthropic.claude-sonnet-4-20250514-v1:0",
          endpoint,
          profile,
          roleArn,
          "agentic-primitives-gateway",
          Optional.empty(),
          keyId,
          secret,
          token,
          apiKey,
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());
    }
  }

  static BedrockBackend backend(Config config, ServerCredentials policy) {
    return backend(config, policy, Map.of());
  }

  static BedrockBackend backend(
      Config config, ServerCredentials policy, Map<String, String> environment) {
    return new BedrockBackend(config.build(), place(policy), environment::get);
  }

  static BackendContext place(ServerCredentials policy) {
    return new BackendContext() {
      @Override
      public String backendName() {
        return "aws";
      }

      @Override
      public Duration connectTimeout() {
        return Duration.ofSeconds(5);
      }

      @Override
      public ServerCredentials serverCredentials() {
        return policy;
      }
    };
  }

  static CompletionRequest request(String model, Delivery delivery) {
    return new CompletionRequest(
        model,
        List.of(new Message.User(List.of(ContentBlock.Text.of("Hello")), Extras.NONE)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Sampling.UNSET,
        delivery,
        Extras.NONE);
  }

  static CompletionRequest streamed() {
    return request("", Delivery.STREAMED);
  }

  /// A call and what was reported to it.
  ///
  /// @param credentials by `service/key`
  record Caller(Map<String, String> credentials, List<String> reports) implements CallContext {
    static Caller anonymous() {
      return new Caller(Map.of(), new ArrayList<>());
    }

    static Caller withKeys(String id, String secret) {
      return new Caller(
          Map.of("aws/access_key_id", id, "aws/secret_access_key", secret), new ArrayList<>());
    }

    static Caller with(Map<String, String> credentials) {
      return new Caller(credentials, new ArrayList<>());
    }

    @Override
    public String requestId() {
      return "call-1";
    }

    @Override
    public Duration remaining() {
      return Duration.ofMinutes(1);
    }

    @Override
    public Optional<Secret> credential(String service, String key) {
      return Optional.ofNullable(credentials.get(service + "/" + key)).map(Secret::new);
    }

    @Override
    public void adjusted(String path, Action action, String reason) {
      reports.add(action + " " + path);
    }
  }
}
