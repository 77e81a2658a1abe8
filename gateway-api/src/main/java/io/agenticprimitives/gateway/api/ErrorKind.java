package io.agenticprimitives.gateway.api;

/// Why a call failed. The kind decides what the caller is told (the HTTP status), whether another
/// attempt may help, and who is to blame.
public enum ErrorKind {
  /// The request is wrong and will be so again.
  INVALID_REQUEST(400, false, Blame.CALLER),
  /// The backend has no way to do what was asked.
  UNSUPPORTED(400, false, Blame.CALLER),
  /// The model or another thing that the request names does not exist upstream.
  NOT_FOUND(404, false, Blame.CALLER),
  /// The upstream says that the request conflicts with its state.
  CONFLICT(409, false, Blame.CALLER),
  /// The request is too large for the upstream.
  TOO_LARGE(413, false, Blame.CALLER),
  /// The upstream understands the request but refuses its content.
  UNPROCESSABLE(422, false, Blame.CALLER),
  /// Too many requests; a retry after some time may help.
  RATE_LIMITED(429, true, Blame.UPSTREAM),
  /// The call was given up by its caller.
  CANCELLED(499, false, Blame.CALLER),
  /// A fault of the gateway or of a plugin.
  INTERNAL(500, false, Blame.GATEWAY),
  /// The upstream refuses the credentials of the gateway (or those that came with the call).
  AUTHENTICATION(502, false, Blame.GATEWAY),
  /// The credentials are good but not for this.
  PERMISSION(502, false, Blame.GATEWAY),
  /// The upstream could not be reached: refused, unknown host, TLS, reset before an answer.
  UNREACHABLE(502, true, Blame.UPSTREAM),
  /// The upstream failed, or answered something that is not an answer.
  UPSTREAM_FAILURE(502, true, Blame.UPSTREAM),
  /// The answer ended before the upstream said that it was finished.
  CUT(502, true, Blame.UPSTREAM),
  /// The backend is configured but cannot serve: a variable, a file or a plugin is missing, or it
  /// is left alone for a moment because its calls keep failing.
  UNAVAILABLE(503, false, Blame.GATEWAY),
  /// The upstream has no capacity now.
  OVERLOADED(503, true, Blame.UPSTREAM),
  /// A deadline passed.
  TIMEOUT(504, true, Blame.UPSTREAM);

  private final int httpStatus;
  private final boolean retryable;
  private final Blame blame;

  ErrorKind(int httpStatus, boolean retryable, Blame blame) {
    this.httpStatus = httpStatus;
    this.retryable = retryable;
    this.blame = blame;
  }

  /// The HTTP status that a caller gets when the call fails before its first event.
  public int httpStatus() {
    return httpStatus;
  }

  /// Whether the same call may succeed if it is made again.
  public boolean retryable() {
    return retryable;
  }

  /// Whose fault it is.
  public Blame blame() {
    return blame;
  }

  /// The kind that an HTTP error status of an upstream means. This is the gateway's one table for
  /// it: 400, 404, 409, 413 and 422 are the caller's and keep their status; 401 and 403 are about
  /// the gateway's own key; 408 and 504 are time-outs; 429 is rate limiting; 503 and 529 are
  /// overload; everything else is a failure of the upstream.
  public static ErrorKind ofUpstreamStatus(int status) {
    return switch (status) {
      case 400 -> INVALID_REQUEST;
      case 401 -> AUTHENTICATION;
      case 403 -> PERMISSION;
      case 404 -> NOT_FOUND;
      case 408, 504 -> TIMEOUT;
      case 409 -> CONFLICT;
      case 413 -> TOO_LARGE;
      case 422 -> UNPROCESSABLE;
      case 429 -> RATE_LIMITED;
      case 503, 529 -> OVERLOADED;
      default -> UPSTREAM_FAILURE;
    };
  }

  /// Whose fault a failure is.
  public enum Blame {
    CALLER,
    GATEWAY,
    UPSTREAM
  }
}
