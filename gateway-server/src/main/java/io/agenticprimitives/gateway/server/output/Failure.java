package io.agenticprimitives.gateway.server.output;

import io.agenticprimitives.gateway.api.BackendException;
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
public record Failure(int status, String kind, String detail, Optional<Duration> retryAfter) {

  public Failure {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(retryAfter);
  }

  /// A failure that says nothing about trying again.
  public static Failure of(int status, String kind, String detail) {
    return new Failure(status, kind, detail, Optional.empty());
  }

  /// A failure of a call.
  public static Failure of(BackendException exception) {
    return new Failure(
        exception.kind().httpStatus(),
        exception.kind().name().toLowerCase(Locale.ROOT),
        exception.message(),
        exception.retryAfter());
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
