package io.agenticprimitives.gateway.api;

import java.time.Duration;

/// What the gateway tells a backend about its place when it is opened. Methods may be added, always
/// with a default.
public interface BackendContext {

  /// The name of the backend in the configuration, for messages and logs.
  String backendName();

  /// How long connecting to the upstream may take, TLS included.
  Duration connectTimeout();

  /// Whether calls may use the credentials of the gateway's own machine.
  ServerCredentials serverCredentials();
}
