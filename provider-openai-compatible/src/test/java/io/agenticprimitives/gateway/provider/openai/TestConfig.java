package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.BackendContext;
import io.agenticprimitives.gateway.api.ServerCredentials;
import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.provider.openai.OpenAICompatibleConfig.MaxTokensField;
import io.agenticprimitives.gateway.provider.openai.OpenAICompatibleConfig.StreamUsage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/// A configuration with the defaults, to be changed.
final class TestConfig {
  private final URI baseUrl;
  private String defaultModel = "";
  private @Nullable String apiKey;
  private final Map<String, Secret> headers = new LinkedHashMap<>();
  private @Nullable String organization;
  private @Nullable String project;
  private @Nullable String proxy;
  private @Nullable Path caCertificate;
  private int maxIdleConnections = 256;
  private Duration idleConnectionTimeout = Duration.ofMinutes(5);
  private StreamUsage streamUsage = StreamUsage.AUTO;
  private MaxTokensField maxTokensField = MaxTokensField.AUTO;
  private Duration connectTimeout = Duration.ofSeconds(30);

  private TestConfig(URI baseUrl) {
    this.baseUrl = baseUrl;
  }

  static TestConfig of(String baseUrl) {
    return new TestConfig(URI.create(baseUrl));
  }

  static TestConfig of(URI baseUrl) {
    return new TestConfig(baseUrl);
  }

  TestConfig defaultModel(String name) {
    defaultModel = name;
    return this;
  }

  TestConfig apiKey(String key) {
    apiKey = key;
    return this;
  }

  TestConfig header(String name, String value) {
    headers.put(name, new Secret(value));
    return this;
  }

  TestConfig organization(String name) {
    organization = name;
    return this;
  }

  TestConfig project(String name) {
    project = name;
    return this;
  }

  TestConfig proxy(String address) {
    proxy = address;
    return this;
  }

  TestConfig caCertificate(Path file) {
    caCertificate = file;
    return this;
  }

  TestConfig maxIdleConnections(int number) {
    maxIdleConnections = number;
    return this;
  }

  TestConfig idleConnectionTimeout(Duration time) {
    idleConnectionTimeout = time;
    return this;
  }

  TestConfig streamUsage(StreamUsage usage) {
    streamUsage = usage;
    return this;
  }

  TestConfig maxTokensField(MaxTokensField field) {
    maxTokensField = field;
    return this;
  }

  TestConfig connectTimeout(Duration time) {
    connectTimeout = time;
    return this;
  }

  OpenAICompatibleConfig config() {
    return new OpenAICompatibleConfig(
        baseUrl,
        defaultModel,
        Optional.ofNullable(apiKey).map(Secret::new),
        headers,
        Optional.ofNullable(organization),
        Optional.ofNullable(project),
        Optional.ofNullable(proxy).map(Secret::new),
        Optional.ofNullable(caCertificate),
        maxIdleConnections,
        idleConnectionTimeout,
        streamUsage,
        maxTokensField);
  }

  OpenAICompatibleBackend open() {
    return open(Dns.SYSTEM);
  }

  /// @param resolver instead of the system's
  OpenAICompatibleBackend open(Dns resolver) {
    BackendContext context =
        new BackendContext() {
          @Override
          public String backendName() {
            return "mine";
          }

          @Override
          public Duration connectTimeout() {
            return connectTimeout;
          }

          @Override
          public ServerCredentials serverCredentials() {
            return ServerCredentials.NEVER;
          }
        };
    OpenAICompatibleConfig config = config();
    return new OpenAICompatibleBackend(
        config, context, new UpstreamClient(config, connectTimeout, resolver));
  }
}
