package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.Message;
import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.api.llm.Tool;
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
    return request(
        model,
        delivery,
        List.of(new Message.User(List.of(ContentBlock.Text.of("Hello")), Extras.NONE)));
  }

  static CompletionRequest request(List<Message> messages) {
    return request("", Delivery.STREAMED, messages);
  }

  /// The same request with a further field.
  static CompletionRequest with(String field, String json, CompletionRequest request) {
    return new CompletionRequest(
        request.model(),
        request.messages(),
        request.tools(),
        request.toolChoice(),
        request.responseFormat(),
        request.sampling(),
        request.delivery(),
        new Extras(Map.of(field, new JsonText(json))));
  }

  /// A request for a stream of a model that may call a tool.
  static CompletionRequest withTool(String model, String tool) {
    return request(
        model,
        Delivery.STREAMED,
        List.of(new Message.User(List.of(ContentBlock.Text.of("Hello")), Extras.NONE)),
        List.of(Translation.function(tool)));
  }

  private static CompletionRequest request(
      String model, Delivery delivery, List<Message> messages) {
    return request(model, delivery, messages, List.of());
  }

  private static CompletionRequest request(
      String model, Delivery delivery, List<Message> messages, List<Tool> tools) {
    return new CompletionRequest(
        model,
        messages,
        tools,
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
  record Caller(Map<String, String> credentials, List<String> reports, Duration remaining)
      implements CallContext {
    Caller(Map<String, String> credentials, List<String> reports) {
      this(credentials, reports, Duration.ofMinutes(1));
    }

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
    public Optional<Secret> credential(String service, String key) {
      return Optional.ofNullable(credentials.get(service + "/" + key)).map(Secret::new);
    }

    @Override
    public void adjusted(String path, Action action, String reason) {
      reports.add(action + " " + path);
    }
  }
}
