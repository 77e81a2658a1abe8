package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.config.Secret;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a caller says about a call beside the request itself.
///
/// @param requestId the id of the caller's request, safe to be logged
/// @param backend the backend that must serve the call; a name that does not exist is an error
/// @param anyBackend the backend that should serve the call, for whichever primitives have one of
///   that name
/// @param credentials by `service/key` in lower case, `openai/api_key` for instance
/// @param authorization the caller's `Authorization` header, for backends that it is passed on to
/// @param strict whether an adjustment of the request is an error
/// @param traceParent the W3C `traceparent` under which upstreams are called; empty if calls are
///   not traced
public record CallOptions(
    String requestId,
    Optional<String> backend,
    Optional<String> anyBackend,
    Map<String, Secret> credentials,
    Optional<Secret> authorization,
    boolean strict,
    Optional<String> traceParent) {

  public CallOptions {
    Objects.requireNonNull(requestId);
    Objects.requireNonNull(backend);
    Objects.requireNonNull(anyBackend);
    credentials = Map.copyOf(credentials);
    Objects.requireNonNull(authorization);
    Objects.requireNonNull(traceParent);
  }

  /// A call that is not traced.
  public CallOptions(
      String requestId,
      Optional<String> backend,
      Optional<String> anyBackend,
      Map<String, Secret> credentials,
      Optional<Secret> authorization,
      boolean strict) {
    this(requestId, backend, anyBackend, credentials, authorization, strict, Optional.empty());
  }

  /// A call without an `Authorization` header.
  public CallOptions(
      String requestId,
      Optional<String> backend,
      Optional<String> anyBackend,
      Map<String, Secret> credentials,
      boolean strict) {
    this(requestId, backend, anyBackend, credentials, Optional.empty(), strict);
  }

  /// A call without wishes.
  public static CallOptions of(String requestId) {
    return new CallOptions(
        requestId, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), false);
  }
}
