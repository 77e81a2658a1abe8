package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The configuration of an OpenAI-compatible backend.
///
/// @param baseUrl where the server is
/// @param defaultModel for callers who name none; empty to leave it to the server
/// @param apiKey sent as a bearer token; a blank one counts as none
/// @param headers further headers for each request; secret, because many hold keys
/// @param organization OpenAI's organisation
/// @param project OpenAI's project
/// @param proxy an HTTP proxy on the way, `http://user:password@host:port`
/// @param caCertificate certificates, in PEM, that are trusted besides the usual ones
/// @param maxIdleConnections how many connections are kept open while nobody uses them
/// @param idleConnectionTimeout how long they are kept
/// @param streamUsage whether streams ask for the usage
/// @param maxTokensField under which name the token limit is sent
public record OpenAICompatibleConfig(
    @Doc("Address of the server, with or without /v1; or the whole address of chat/completions.")
        @Default("https://api.openai.com")
        URI baseUrl,
    @Doc("Model for callers who name none; empty leaves it to the server.") @Default("")
        String defaultModel,
    @Doc("Key, sent as a bearer token; a call's own X-Cred-OpenAI-Api-Key goes first.")
        Optional<Secret> apiKey,
    @Doc("Further headers for each request.") Map<String, Secret> headers,
    @Doc("OpenAI organisation (OpenAI-Organization).") Optional<String> organization,
    @Doc("OpenAI project (OpenAI-Project).") Optional<String> project,
    @Doc("HTTP proxy: http://host:port or http://user:password@host:port.") Optional<Secret> proxy,
    @Doc("PEM file with certificates to trust besides the usual ones.")
        Optional<Path> caCertificate,
    @Doc("Connections kept open while unused.") @Default("256") int maxIdleConnections,
    @Doc("How long unused connections are kept.") @Default("5m") Duration idleConnectionTimeout,
    @Doc("Ask for the usage in streams: auto (until the server refuses), always or never.")
        @Default("auto")
        StreamUsage streamUsage,
    @Doc(
            "Name of the token limit: auto (as the caller wrote it), max_tokens,"
                + " max_completion_tokens.")
        @Default("auto")
        MaxTokensField maxTokensField) {

  /// Whether streams ask for the usage (`stream_options.include_usage`).
  public enum StreamUsage {
    AUTO,
    ALWAYS,
    NEVER
  }

  /// Under which name the token limit is sent.
  public enum MaxTokensField {
    AUTO,
    MAX_TOKENS,
    MAX_COMPLETION_TOKENS;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @throws IllegalArgumentException if it cannot work; the message names the key and says what to
  ///   write
  public OpenAICompatibleConfig {
    BaseUrl.require(baseUrl);
    apiKey = apiKey.map(OpenAICompatibleConfig::stripped).filter(key -> !key.value().isEmpty());
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    apiKey.ifPresent(key -> HeaderRules.requireValue("api_key", key.value()));
    organization.ifPresent(value -> HeaderRules.requireValue("organization", value));
    project.ifPresent(value -> HeaderRules.requireValue("project", value));
    HeaderRules.require(headers, apiKey.isPresent());
    proxy.ifPresent(ProxyAddress::parse);
    if (maxIdleConnections < 0) {
      throw new IllegalArgumentException(
          "max_idle_connections must not be negative; write 0 to keep none");
    }
    if (!idleConnectionTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "idle_connection_timeout must be longer than nothing; write 5m for instance, or"
              + " max_idle_connections: 0 to keep no connections");
    }
  }

  /// A key from a file often ends with a line break.
  private static Secret stripped(Secret key) {
    return new Secret(key.value().strip());
  }

  /// The server's address.
  BaseUrl base() {
    return new BaseUrl(baseUrl);
  }

  /// Whether this is OpenAI's own service.
  boolean isOpenAi() {
    return base().isOpenAi();
  }
}
