package io.agenticprimitives.gateway.provider.openai;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The configuration of an OpenAI-compatible backend.
///
/// @param baseUrl where the server is, with or without `/v1`
/// @param defaultModel for callers who name none; empty to leave it to the server
/// @param apiKey sent as a bearer token
/// @param headers further headers for each request
/// @param organization OpenAI's organisation
/// @param project OpenAI's project
/// @param proxy an HTTP proxy on the way, `http://user:password@host:port`
/// @param caCertificate certificates, in PEM, that are trusted besides the usual ones
/// @param maxIdleConnections how many connections are kept open while nobody uses them
/// @param idleConnectionTimeout how long they are kept
/// @param streamUsage whether streams ask for the usage
/// @param maxTokensField under which name the token limit is sent
public record OpenAICompatibleConfig(
    @Doc("Address of the server, with or without /v1.") @Default("https://api.openai.com")
        URI baseUrl,
    @Doc("Model for callers who name none; empty leaves it to the server.") @Default("")
        String defaultModel,
    @Doc("Key, sent as a bearer token; a call's own X-Cred-OpenAI-Api-Key goes first.")
        Optional<Secret> apiKey,
    @Doc("Further headers for each request.") Map<String, Secret> headers,
    @Doc("OpenAI organisation (OpenAI-Organization).") Optional<String> organization,
    @Doc("OpenAI project (OpenAI-Project).") Optional<String> project,
    @Doc("HTTP proxy, http://user:password@host:port.") Optional<Secret> proxy,
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

  /// Headers that the backend sets itself.
  private static final Set<String> OWN_HEADERS =
      Set.of("content-type", "content-length", "transfer-encoding", "host", "accept-encoding");

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

  public OpenAICompatibleConfig {
    String scheme = String.valueOf(baseUrl.getScheme()).toLowerCase(Locale.ROOT);
    require(
        (scheme.equals("http") || scheme.equals("https")) && baseUrl.getHost() != null,
        "base_url must be an address like http://localhost:8080");
    require(
        baseUrl.getRawQuery() == null && baseUrl.getRawFragment() == null,
        "base_url must not have a query or a fragment");
    require(
        baseUrl.getRawUserInfo() == null,
        "base_url must not hold a user and password; use api_key or headers");
    require(maxIdleConnections >= 0, "max_idle_connections must not be negative");
    require(
        idleConnectionTimeout.isPositive(), "idle_connection_timeout must be longer than nothing");
    headers = Map.copyOf(headers);
    headers.forEach(OpenAICompatibleConfig::requireHeader);
  }

  private static void requireHeader(String name, Secret value) {
    require(
        name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"),
        "headers: '" + name + "' cannot be the name of a header");
    require(
        !OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
        "headers: '" + name + "' is set by the gateway itself");
    require(
        value.value().chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f)),
        "headers: the value of '" + name + "' must be printable ASCII on one line");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /// The address of a route below `/v1`, `chat/completions` for instance, whatever form of the base
  /// the operator wrote: with `/v1`, without, or with a path of its own that ends in a version.
  URI route(String path) {
    String base = baseUrl.toString().replaceAll("/+$", "");
    String versioned = base.matches(".*/v\\d+[a-z0-9]*$") ? base : base + "/v1";
    return URI.create(versioned + "/" + path);
  }

  /// Whether this is OpenAI's own service.
  boolean isOpenAi() {
    return "api.openai.com".equalsIgnoreCase(baseUrl.getHost());
  }
}
