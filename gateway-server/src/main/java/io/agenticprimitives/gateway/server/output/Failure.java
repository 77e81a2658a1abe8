package io.agenticprimitives.gateway.server.output;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.UpstreamError;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// A failure as a caller is told of it, before an answer has begun or in the middle of it.
///
/// @param status the HTTP status
/// @param kind what sort of failure it is, in lower case
/// @param detail what happened and what to do; no secret, no class name, no internal address
/// @param retryAfter when to try again, if that is known
/// @param parameter the part of the request that is to blame; empty if that is not known
/// @param upstream what the upstream said of it
public record Failure(
    int status,
    String kind,
    String detail,
    Optional<Duration> retryAfter,
    String parameter,
    UpstreamError upstream) {

  public Failure {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(retryAfter);
    Objects.requireNonNull(parameter);
    Objects.requireNonNull(upstream);
  }

  /// A failure that says nothing about trying again.
  public static Failure of(int status, String kind, String detail) {
    return new Failure(status, kind, detail, Optional.empty(), "", UpstreamError.UNKNOWN);
  }

  /// The same failure with a time after which to try again.
  public Failure withRetryAfter(Duration delay) {
    return new Failure(status, kind, detail, Optional.of(delay), parameter, upstream);
  }

  /// The same failure with the part of the request that is to blame.
  public Failure withParameter(String path) {
    return new Failure(status, kind, detail, retryAfter, path, upstream);
  }

  /// A failure of a call.
  public static Failure of(BackendException exception) {
    return new Failure(
        exception.kind().httpStatus(),
        exception.kind().name().toLowerCase(Locale.ROOT),
        exception.message(),
        exception.retryAfter(),
        exception.parameter(),
        exception.upstream());
  }

  /// A fault of the gateway itself, whose particulars are for the log alone.
  public static Failure internal(String requestId) {
    return of(
        500,
        "internal",
        "Internal error. The operator finds it in the log under request id " + requestId + ".");
  }

  /// The gateway stops while the call runs.
  public static Failure shutdown() {
    return of(503, "unavailable", "The gateway is being shut down. Try again in a moment.");
  }
}
