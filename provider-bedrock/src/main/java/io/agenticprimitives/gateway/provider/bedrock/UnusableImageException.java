package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;

/// A picture that is named by its address cannot be had.
final class UnusableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String reason;

  /// @param reason completes the sentence "The picture cannot be fetched: ..."
  UnusableImageException(ErrorKind kind, String reason) {
    super(reason);
    this.kind = kind;
    this.reason = reason;
  }

  UnusableImageException(String reason) {
    this(ErrorKind.INVALID_REQUEST, reason);
  }

  /// What the caller is told.
  ///
  /// @param path where the address stands in the request
  BackendException at(String path) {
    return new BackendException(
        kind,
        "%s: The picture cannot be fetched: %s. Send its bytes as a data: URL."
            .formatted(path, reason));
  }
}
