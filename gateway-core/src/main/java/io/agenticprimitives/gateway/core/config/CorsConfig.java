package io.agenticprimitives.gateway.core.config;

import java.util.List;

/// Which web pages may call.
///
/// @param origins their origins (`https://app.example.com`), or `*` alone for all; empty for none
public record CorsConfig(List<String> origins) {

  /// All pages, without credentials.
  public static final CorsConfig ANY = new CorsConfig(List.of("*"));

  public CorsConfig {
    origins = List.copyOf(origins);
  }

  /// Whether all pages may call.
  public boolean isAny() {
    return origins.contains("*");
  }
}
