package com.example.anthropic;

import io.agenticprimitives.gateway.api.config.Default;
import io.agenticprimitives.gateway.api.config.Doc;
import io.agenticprimitives.gateway.api.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The `config:` block of a backend.
///
/// @param baseUrl without the `/v1`
/// @param maxTokens at least 1
public record AnthropicConfig(
    @Doc("Where the API is; /v1/messages is appended.") @Default("https://api.anthropic.com")
        URI baseUrl,
    @Doc("The key. Callers may send their own in X-Cred-Anthropic-Api-Key.")
        Optional<Secret> apiKey,
    @Doc("The model of requests that name none.") Optional<String> defaultModel,
    @Doc("The limit on an answer's tokens if the caller sets none: the API requires one.")
        @Default("4096")
        int maxTokens,
    @Doc("Beta features to ask for, in the words of the header anthropic-beta.")
        List<String> betas) {

  public AnthropicConfig {
    baseUrl = withoutVersion(baseUrl);
    betas = List.copyOf(betas);
    if (maxTokens < 1) {
      throw new IllegalArgumentException("max_tokens must be at least 1, not " + maxTokens);
    }
    if (!betas.stream().allMatch(beta -> beta.matches("[\\w.-]+"))) {
      throw new IllegalArgumentException(
          "betas holds names of letters, digits and -, 'files-api-2025-04-14' for instance");
    }
  }

  private static URI withoutVersion(URI url) {
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    if (!web
        || url.getHost() == null
        || url.getRawQuery() != null
        || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "base_url must look like https://api.anthropic.com, without user and query");
    }
    return URI.create(url.toString().replaceAll("/*(/v1)?/*$", ""));
  }
}
