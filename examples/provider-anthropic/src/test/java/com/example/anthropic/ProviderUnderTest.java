package com.example.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.EventStream;
import io.agenticprimitives.gateway.api.llm.LlmBackend;
import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The provider, open against an upstream that does what a test says. A suite that tests providers
/// of every kind has here all that it needs: [#open(URI)], and the scripts of [Sse].
final class ProviderUnderTest implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(10);
  static final String KEY = "sk-ant-configured-0123456789";

  final ScriptedUpstream upstream = ScriptedUpstream.start();
  final LlmBackend backend = open(upstream.uri());
  TestCall call = new TestCall();

  static LlmBackend open(URI upstream) {
    return open(
        new AnthropicConfig(
            upstream,
            Optional.of(new Secret(KEY)),
            Optional.of("claude-sonnet-5"),
            4096,
            List.of()));
  }

  static LlmBackend open(AnthropicConfig config) {
    return new AnthropicProvider().open(config, new Context());
  }

  EventStream stream(CompletionRequest request) {
    return backend.stream(request, call);
  }

  Completion complete(CompletionRequest request) {
    try (EventStream stream = stream(request)) {
      return Completion.of(stream);
    }
  }

  RecordedRequest sent() {
    return upstream.takeRequest(LIMIT);
  }

  /// The body of the request that a call sends.
  JsonNode bodyOf(CompletionRequest request) {
    upstream.enqueue(Sse.complete(Sse.HELLO));
    complete(request);
    return Json.read(new JsonText(sent().bodyText()));
  }

  @Override
  public void close() {
    backend.close();
    upstream.close();
  }

  private record Context() implements BackendContext {
    @Override
    public String backendName() {
      return "anthropic";
    }

    @Override
    public Duration connectTimeout() {
      return Duration.ofSeconds(5);
    }

    @Override
    public ServerCredentials serverCredentials() {
      return ServerCredentials.NEVER;
    }
  }
}
