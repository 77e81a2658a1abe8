package io.agenticprimitives.gateway.core.config;

/// Whether calls may use credentials that this server has of its own (its cloud role, for
/// instance), as distinct from keys that a backend is configured with. `allow_server_credentials`
/// in the file.
public enum ServerCredentials {
  /// Only what the caller sends.
  NEVER,
  /// What the caller sends, else the server's own.
  FALLBACK,
  /// The server's own.
  ALWAYS
}
