package io.agenticprimitives.gateway.api;

/// Whether calls may go upstream with the credentials of the gateway's own machine: environment
/// variables, profiles, instance roles. Credentials that the operator writes into a backend's own
/// configuration are not meant.
public enum ServerCredentials {
  /// Only the credentials that come with a call.
  NEVER,
  /// Those that come with a call; the machine's if there are none.
  FALLBACK,
  /// The machine's, whatever comes with a call.
  ALWAYS
}
