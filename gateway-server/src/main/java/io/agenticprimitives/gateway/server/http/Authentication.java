package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.config.AuthConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may call the gateway. Only hashes of the keys are kept, and comparing takes the same time
/// whatever the key is and whichever it matches.
final class Authentication {
  private static final String BEARER = "bearer ";

  /// What must be reachable without a key: probes, and what a client reads before it has one.
  private static final List<String> EXEMPT =
      List.of(
          "/healthz",
          "/readyz",
          "/metrics",
          "/docs",
          "/redoc",
          "/openapi.json",
          "/api/v1/openapi",
          "/auth/config",
          "/ui",
          "/.well-known/agent.json");

  private final AuthConfig.Backend backend;
  private final List<KnownKey> keys;

  Authentication(AuthConfig config) {
    this.backend = config.backend();
    this.keys =
        config.apiKeys().stream()
            .map(
                entry ->
                    new KnownKey(
                        sha256(entry.key().value()),
                        new Principal(
                            entry.principalId(),
                            entry.principalType(),
                            entry.groups(),
                            entry.scopes())))
            .toList();
  }

  private static final class KnownKey {
    final byte[] hash;
    final Principal principal;

    KnownKey(byte[] hash, Principal principal) {
      this.hash = hash;
      this.principal = principal;
    }
  }

  /// The name of the way in which callers prove who they are, `noop` or `api_key`.
  String name() {
    return backend.name().toLowerCase(Locale.ROOT);
  }

  static boolean isExempt(String path) {
    return EXEMPT.stream().anyMatch(exempt -> path.equals(exempt) || path.startsWith(exempt + "/"));
  }

  /// Who a caller is; empty if it does not say so or is nobody known.
  ///
  /// @param authorization the header; a bearer token there is final
  /// @param apiKey the header `X-Api-Key`
  Optional<Principal> authenticate(@Nullable String authorization, @Nullable String apiKey) {
    return switch (backend) {
      case NOOP -> Optional.of(Principal.NOOP);
      case API_KEY -> given(authorization, apiKey).flatMap(this::find);
    };
  }

  private static Optional<String> given(@Nullable String authorization, @Nullable String apiKey) {
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(authorization.substring(BEARER.length()).strip());
    }
    return Optional.ofNullable(apiKey).map(String::strip);
  }

  private Optional<Principal> find(String key) {
    byte[] hash = sha256(key);
    Optional<Principal> found = Optional.empty();
    for (KnownKey known : keys) {
      if (MessageDigest.isEqual(known.hash, hash)) {
        found = Optional.of(known.principal);
      }
    }
    return found;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}
