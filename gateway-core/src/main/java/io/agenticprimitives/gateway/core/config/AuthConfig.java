package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Secret;
import java.util.List;

/// Who may call.
///
/// @param backend how callers are authenticated
/// @param apiKeys the keys that are accepted; at least one if the backend is [Backend#API_KEY],
///   else empty
public record AuthConfig(Backend backend, List<ApiKey> apiKeys) {

  /// Nobody is asked who they are.
  public static final AuthConfig NONE = new AuthConfig(Backend.NOOP, List.of());

  public AuthConfig {
    apiKeys = List.copyOf(apiKeys);
  }

  /// How callers are authenticated.
  public enum Backend {
    /// Not at all.
    NOOP,
    /// By a key that they send.
    API_KEY
  }

  /// A key and whom it stands for.
  ///
  /// @param key the key; not empty
  /// @param principalId the name of who calls with it; never the key itself
  /// @param principalType `user` or `service`, for instance
  /// @param groups the groups that the principal is in
  /// @param scopes what the principal may do
  public record ApiKey(
      Secret key,
      String principalId,
      String principalType,
      List<String> groups,
      List<String> scopes) {

    public ApiKey {
      groups = List.copyOf(groups);
      scopes = List.copyOf(scopes);
    }
  }
}
