package io.agenticprimitives.gateway.provider.openai;

import java.net.URI;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/// The address of an upstream as an operator writes it, and the addresses of its routes.
///
/// - An address alone or with a path gets `/v1`: `http://localhost:1234`,
///   `https://openrouter.ai/api`.
/// - One that ends in a version, also with `/openai` behind it, is complete:
///   `https://api.openai.com/v1`, `https://api.z.ai/api/paas/v4`,
///   `https://generativelanguage.googleapis.com/v1beta/openai`.
/// - One that ends in `/chat/completions` is taken at its word, for servers with neither:
///   `https://api.perplexity.ai/chat/completions`.
///
/// Slashes at the end do not matter.
final class BaseUrl {
  private static final Pattern VERSIONED = Pattern.compile("/v\\d+[a-z0-9]*(?:/openai)?$");
  private static final String COMPLETIONS = "/chat/completions";

  private final HttpUrl written;
  private final String routes;

  /// @throws IllegalArgumentException if it cannot be the address of an upstream; the message says
  ///   what to write
  static void require(URI written) {
    parsed(written);
  }

  /// @throws IllegalArgumentException as [#require(URI)]
  BaseUrl(URI written) {
    this.written = parsed(written);
    String base = written.toString().replaceAll("/+$", "");
    if (base.endsWith(COMPLETIONS)) {
      routes = base.substring(0, base.length() - COMPLETIONS.length());
    } else {
      routes = VERSIONED.matcher(base).find() ? base : base + "/v1";
    }
  }

  private static HttpUrl parsed(URI url) {
    String authority = url.getRawAuthority();
    // First of all, because nothing of it may be shown.
    if (authority != null && authority.contains("@")) {
      throw new IllegalArgumentException(
          "base_url must not hold a user name or password; write the key as api_key, or other"
              + " credentials under headers");
    }
    HttpUrl parsed = authority == null ? null : HttpUrl.parse(url.toString());
    if (parsed == null) {
      throw new IllegalArgumentException(
          "base_url '"
              + url
              + "' is not the address of a server; write http://localhost:1234 or"
              + " https://api.openai.com for instance");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "base_url must end with its path; leave out what begins with '?' or '#'");
    }
    return parsed;
  }

  /// The address of chat completions.
  HttpUrl completions() {
    return HttpUrl.get(routes + COMPLETIONS);
  }

  /// The address of embeddings.
  HttpUrl embeddings() {
    return HttpUrl.get(routes + "/embeddings");
  }

  /// The address of the list of models.
  HttpUrl models() {
    return HttpUrl.get(routes + "/models");
  }

  /// Whether it is OpenAI's own service.
  boolean isOpenAi() {
    return written.host().equals("api.openai.com");
  }

  /// Whether it is reached without TLS.
  boolean isPlain() {
    return !written.isHttps();
  }
}
