package io.agenticprimitives.gateway.api;

import java.util.Objects;

/// What an upstream said of its own failure, as far as it said it.
///
/// @param status the HTTP status, 0 if the failure had none (it came inside a stream, say)
/// @param type the upstream's own error type, `invalid_request_error` for instance, or empty
/// @param code the upstream's own error code, `context_length_exceeded` for instance, or empty
/// @param param the part of the request that it blames, or empty
/// @param requestId the upstream's id of the request, for its support, or empty
public record UpstreamError(int status, String type, String code, String param, String requestId) {
  /// Nothing is known.
  public static final UpstreamError UNKNOWN = new UpstreamError(0, "", "", "", "");

  public UpstreamError {
    Objects.requireNonNull(type);
    Objects.requireNonNull(code);
    Objects.requireNonNull(param);
    Objects.requireNonNull(requestId);
  }

  /// Only the HTTP status is known.
  public static UpstreamError ofStatus(int status) {
    return new UpstreamError(status, "", "", "", "");
  }
}
