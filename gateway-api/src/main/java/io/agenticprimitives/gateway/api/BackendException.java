package io.agenticprimitives.gateway.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one way in which a call fails. Its message is shown to the caller: it says what happened
/// and, where known, what to do; it holds no secret, no internal address and no class name.
public final class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final transient UpstreamError upstream;
  private final @Nullable Duration retryAfter;
  private final String parameter;

  /// @param kind what sort of failure it is
  /// @param message for the caller
  public BackendException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  /// @param kind what sort of failure it is
  /// @param message for the caller
  /// @param cause for the log of the operator, may be null; never shown to a caller
  public BackendException(ErrorKind kind, String message, @Nullable Throwable cause) {
    this(kind, message, cause, UpstreamError.UNKNOWN, null, "");
  }

  private BackendException(
      ErrorKind kind,
      String message,
      @Nullable Throwable cause,
      UpstreamError upstream,
      @Nullable Duration retryAfter,
      String parameter) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind);
    this.upstream = Objects.requireNonNull(upstream);
    this.retryAfter = retryAfter;
    this.parameter = Objects.requireNonNull(parameter);
  }

  /// The same failure with what the upstream said of it.
  public BackendException withUpstream(UpstreamError upstreamError) {
    return copy(message(), upstreamError, retryAfter, parameter);
  }

  /// The same failure with the time after which the upstream wants to be asked again.
  public BackendException withRetryAfter(Duration delay) {
    return copy(message(), upstream, delay, parameter);
  }

  /// The same failure told in other words.
  public BackendException withMessage(String message) {
    return copy(message, upstream, retryAfter, parameter);
  }

  /// The same failure with the part of the request that is to blame, `messages[2].content[0]` for
  /// instance.
  public BackendException withParameter(String path) {
    return copy(message(), upstream, retryAfter, path);
  }

  private BackendException copy(
      String message, UpstreamError upstreamError, @Nullable Duration delay, String path) {
    BackendException copy =
        new BackendException(kind, message, getCause(), upstreamError, delay, path);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /// What sort of failure it is.
  public ErrorKind kind() {
    return kind;
  }

  /// What the caller is told, never null.
  public String message() {
    return Objects.requireNonNullElse(getMessage(), kind.name());
  }

  /// What the upstream said of it.
  public UpstreamError upstream() {
    return upstream;
  }

  /// When the upstream wants to be asked again, if it said so.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /// The part of the request that is to blame: what the gateway says, else what the upstream says;
  /// empty if neither does.
  public String parameter() {
    return parameter.isEmpty() ? upstream.param() : parameter;
  }
}
