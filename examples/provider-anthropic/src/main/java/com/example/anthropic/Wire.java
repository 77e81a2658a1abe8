package com.example.anthropic;

import com.fasterxml.jackson.core.json.PackageVersion;
import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The HTTP client of a backend and what every request to the API has in common. Thread-safe.
final class Wire implements AutoCloseable {
  private static final String API_VERSION = "2023-06-01";
  private static final String USER_AGENT =
      "gateway-provider-anthropic/1.0.0 jackson/" + PackageVersion.VERSION;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final AnthropicConfig config;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;

  Wire(AnthropicConfig config, Duration connectTimeout) {
    this.config = config;
    this.http =
        HttpClient.newBuilder()
            // One call, one connection: to close it is to tell the upstream at once.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .executor(threads)
            .build();
  }

  HttpClient http() {
    return http;
  }

  HttpRequest get(String target, CallContext call) {
    return request(target, call).header("accept", "application/json").build();
  }

  HttpRequest post(String target, String body, CallContext call) {
    return request(target, call)
        .header("accept", "text/event-stream")
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String target, CallContext call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(config.baseUrl() + target))
            .header("anthropic-version", API_VERSION)
            .header("user-agent", USER_AGENT);
    if (!config.betas().isEmpty()) {
      request.header("anthropic-beta", String.join(",", config.betas()));
    }
    call.traceParent().ifPresent(parent -> request.header("traceparent", parent));
    authenticate(request, call);
    return request;
  }

  /// The key of the call comes first, then what the operator passes on of the caller's own, then
  /// the configured key. An upstream that wants none gets none.
  private void authenticate(HttpRequest.Builder request, CallContext call) {
    Optional<Secret> passed = call.callerAuthorization();
    try {
      if (keyOfCall(call).isEmpty() && passed.isPresent()) {
        request.header("authorization", passed.get().value());
      } else {
        keyOfCall(call)
            .or(config::apiKey)
            .ifPresent(key -> request.header("x-api-key", key.value().strip()));
      }
    } catch (IllegalArgumentException _) {
      // Its message holds the key.
      throw new BackendException(
          ErrorKind.AUTHENTICATION, "The API key has characters that no header can carry.");
    }
  }

  private static Optional<Secret> keyOfCall(CallContext call) {
    return call.credential("anthropic", "api_key");
  }

  /// For the answer to a call.
  UpstreamErrors errors(CallContext call) {
    List<String> hidden = new ArrayList<>();
    keyOfCall(call).map(Secret::value).ifPresent(hidden::add);
    call.callerAuthorization().map(Secret::value).ifPresent(hidden::add);
    config.apiKey().map(Secret::value).ifPresent(hidden::add);
    hidden.add(config.baseUrl().toString());
    hidden.add(config.baseUrl().getAuthority());
    return new UpstreamErrors(new Redaction(hidden));
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      http.awaitTermination(CLOSE_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }
}
