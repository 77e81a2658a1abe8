package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.Failure;

/// A request that goes no further.
final class RequestRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  RequestRefusedException(Failure failure) {
    super(failure.detail(), null, false, false);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
